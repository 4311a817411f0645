/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogRecord.Writer;

/**
 * Which lines of a stream surely begin where the server began one. A client may send a user or
 * database name with line ends in it: what lies between the torn prefix and the rest of it, which
 * ends in a severity, is the client's.
 *
 * <p>A client may also have a library print for it: libpq writes what another server said to stderr
 * as it is ({@code defaultNoticeProcessor}, fe-connect.c), and a client with dblink or postgres_fdw
 * chooses what that server says. Its first line begins with a severity and no prefix; raw lines
 * behind it are not believed up to the next of the server's own.
 */
final class Trust {
  /**
   * User, database and application name have 63 bytes at most: where a line end in one of them
   * tears a prefix, what the client put behind it ends within this many bytes.
   */
  static final int MAX_NAMES_BYTES = 256;

  /**
   * PostgreSQL 17.0 to 17.2 do not cut names; a startup packet has no more (MAX_STARTUP_PACKET).
   */
  private static final int MAX_PACKET_BYTES = 10_000;

  private long least;
  private long most;
  private boolean doubted;
  private boolean inRecord;
  private boolean later;
  private boolean printed;

  /**
   * A record begins whose end an outer framing tells.
   *
   * @param isDoubted whether it shows that a client chose where a line begins
   */
  void beginRecord(boolean isDoubted) {
    doubted = isDoubted;
    inRecord = true;
    later = false;
  }

  void lineWasRead() {
    later = inRecord;
  }

  /** Whether the first line of such a record was read: no other begins a message. */
  boolean isLater() {
    return later;
  }

  /** A prefix was torn there. */
  void torn(long offsetBytes) {
    least = offsetBytes + MAX_NAMES_BYTES;
    most = offsetBytes + MAX_PACKET_BYTES;
  }

  /** What begins there ends a torn prefix, or somebody made it look so. */
  void tail(long offsetBytes) {
    least = offsetBytes + MAX_NAMES_BYTES;
    most = least;
  }

  /** A line that is no server's: perhaps it ends what was torn, or begins what libpq printed. */
  void strange(ByteSlice text, long offsetBytes) {
    printed = printed || Severity.isWord(text, 0);
    if (offsetBytes < most && Severity.isWithin(text, 0, text.length())) {
      most = least;
    }
  }

  /** A line that looks like the server's. */
  void serverWrote() {
    printed = false;
  }

  /** Who wrote a line that has nothing of the server's. */
  Writer writerOfRaw(long offsetBytes) {
    return printed || isDistrusted(offsetBytes) ? Writer.SESSION : Writer.PROGRAM;
  }

  /** Whether a prefix in a line may be the first sight of it. */
  boolean mayTeach(long offsetBytes) {
    return !later && offsetBytes >= Math.max(least, most);
  }

  /** Whether a line may be a client's although it looks like the server's. */
  boolean isDistrusted(long offsetBytes) {
    return doubted || !mayTeach(offsetBytes);
  }
}
