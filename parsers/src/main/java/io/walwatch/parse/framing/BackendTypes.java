/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogRecord.Writer;
import java.util.List;

/** Who wrote a message, by the backend type that csvlog (13+), jsonlog and {@code %b} tell. */
final class BackendTypes {
  /** The types of 13 to 18 (miscinit.c); extensions give their workers names of their own. */
  static final List<String> BACKGROUND =
      List.of(
          "archiver",
          "autovacuum launcher",
          "autovacuum worker",
          "background worker",
          "background writer",
          "checkpointer",
          "io worker",
          "logger",
          "logical replication launcher",
          "logical replication worker",
          "postmaster",
          "slotsync worker",
          "startup",
          "walreceiver",
          "walsummarizer",
          "walwriter");

  static final List<String> FOREGROUND =
      List.of("client backend", "parallel worker", "walsender", "standalone backend");

  private static final byte[] ARCHIVER = Ascii.bytes("archiver");

  /** The processes that run what a client asks for. */
  private static final byte[][] SESSIONS =
      FOREGROUND.stream().map(Ascii::bytes).toArray(byte[][]::new);

  private BackendTypes() {}

  /**
   * As {@link #writer}, where the text may as well be a name that a client chose: then even the
   * archiver is not certain.
   */
  static Writer writerOfGuess(ByteSlice type) {
    Writer writer = writer(type);
    if (writer == Writer.OTHER_PROCESS && !BACKGROUND.contains(type.toString())) {
      return Writer.SESSION;
    }
    return writer == Writer.ARCHIVER ? Writer.UNKNOWN : writer;
  }

  static Writer writer(ByteSlice type) {
    if (type.is(ARCHIVER)) {
      return Writer.ARCHIVER;
    }
    for (byte[] session : SESSIONS) {
      if (type.is(session)) {
        return Writer.SESSION;
      }
    }
    return Writer.OTHER_PROCESS;
  }
}
