/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * Something failed. Immutable.
 *
 * @param id made of what failed and when, so that the same failure has the same one for ever
 * @param server whose it is; empty for that of a job or of a list of backups
 * @param summary one line
 */
public record Failure(String id, Instant at, Kind kind, String server, String summary) {
  private static final String JOB_PREFIX = "job ";
  private static final String NAME_END = ": ";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** What failed. */
  public enum Kind {
    ARCHIVE_COMMAND,
    ARCHIVER,
    JOB,
    LISTING,
    PUSH;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A failure.
   *
   * @param what tells it from any other of its kind at the same second
   */
  public static Failure of(Instant at, Kind kind, String server, String summary, String what) {
    CRC32C hash = new CRC32C();
    hash.update((kind.label() + '\n' + server + '\n' + what).getBytes(StandardCharsets.UTF_8));
    String id =
        String.format(Locale.ROOT, "%s-%s-%08x", STAMP.format(at), kind.label(), hash.getValue());
    return new Failure(id, at, kind, server, summary);
  }

  /** A failure of a job: its summary begins with the job's name. */
  public static Failure ofJob(Instant at, String job, String how, String run) {
    return of(at, Kind.JOB, "", JOB_PREFIX + job + NAME_END + how, run);
  }

  /** A set of backups that cannot be listed: its summary begins with the set's name. */
  public static Failure ofListing(Instant at, String set, String problem) {
    return of(at, Kind.LISTING, "", set + NAME_END + problem, set);
  }

  /** Name of the server, the job or the set of backups that has failed. */
  public String subject() {
    return switch (kind) {
      case JOB -> name(JOB_PREFIX);
      case LISTING -> name("");
      case ARCHIVE_COMMAND, ARCHIVER, PUSH -> server;
    };
  }

  private String name(String prefix) {
    int end = summary.indexOf(NAME_END);
    return end < 0 || !summary.startsWith(prefix) ? "" : summary.substring(prefix.length(), end);
  }
}
