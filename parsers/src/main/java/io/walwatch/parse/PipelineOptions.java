/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one stream is to be read.
 *
 * @param framing name of the framing, or null: found from the lines
 * @param logLinePrefix PostgreSQL's setting, or null: learned from the lines
 * @param logTimezone PostgreSQL's setting, or null: taken from the abbreviation in the lines where
 *     that is without doubt
 * @param parsers names of the parsers to use; empty: all that were found
 * @param serverMessages false where another log of the same server is the authority for
 *     PostgreSQL's own messages, so that only the output of its children counts here
 * @param lastWrite how the file ended when it was last written to, or null: an abbreviation is then
 *     no zone
 * @param archiver what is known of the archiver's process besides the log
 * @param syslogIdent PostgreSQL's setting syslog_ident: with which tag it writes to syslog
 */
public record PipelineOptions(
    @Nullable String framing,
    @Nullable String logLinePrefix,
    @Nullable ZoneId logTimezone,
    Set<String> parsers,
    boolean serverMessages,
    @Nullable LastWrite lastWrite,
    ArchiverWitness archiver,
    String syslogIdent) {
  /** PostgreSQL's default of syslog_ident. */
  public static final String DEFAULT_IDENT = "postgres";

  /** All that can be is found from the lines; all parsers read, and the server's messages count. */
  public static final PipelineOptions DEFAULT =
      new PipelineOptions(null, null, null, Set.of(), true);

  public PipelineOptions {
    parsers = Set.copyOf(parsers);
  }

  /** Options of a stream of which nothing but its lines is known. */
  public PipelineOptions(
      @Nullable String framing,
      @Nullable String logLinePrefix,
      @Nullable ZoneId logTimezone,
      Set<String> parsers,
      boolean serverMessages) {
    this(
        framing,
        logLinePrefix,
        logTimezone,
        parsers,
        serverMessages,
        null,
        ArchiverWitness.NONE,
        DEFAULT_IDENT);
  }

  /** The same, read as that framing. */
  public PipelineOptions withFraming(@Nullable String other) {
    return new PipelineOptions(
        other,
        logLinePrefix,
        logTimezone,
        parsers,
        serverMessages,
        lastWrite,
        archiver,
        syslogIdent);
  }

  /** The same, where PostgreSQL's own messages count or not. */
  public PipelineOptions withServerMessages(boolean other) {
    return new PipelineOptions(
        framing, logLinePrefix, logTimezone, parsers, other, lastWrite, archiver, syslogIdent);
  }

  /** The same, for a file that ended so. */
  public PipelineOptions withLastWrite(@Nullable LastWrite other) {
    return new PipelineOptions(
        framing, logLinePrefix, logTimezone, parsers, serverMessages, other, archiver, syslogIdent);
  }

  /** The same, with that witness. */
  public PipelineOptions withArchiver(ArchiverWitness other) {
    return new PipelineOptions(
        framing,
        logLinePrefix,
        logTimezone,
        parsers,
        serverMessages,
        lastWrite,
        other,
        syslogIdent);
  }

  /** The same, of a server with that syslog_ident. */
  public PipelineOptions withSyslogIdent(String other) {
    return new PipelineOptions(
        framing, logLinePrefix, logTimezone, parsers, serverMessages, lastWrite, archiver, other);
  }
}
