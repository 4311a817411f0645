/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.wale;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.Needle;

/**
 * The first line of a WAL-E record: logger name, padded level, {@code MSG: } and the message.
 *
 * <p>It begins the line, except when a child of WAL-E was in the middle of a line of its own: lzop
 * writes {@code lzop: <stdin>: } and {@code not a lzop file} in two pieces. Such a line begins with
 * the child's name; one that begins with a level or a time is another archiver's, which may quote
 * anything.
 */
final class WaleHeader {
  private static final byte[] NAME = Ascii.bytes("wal_e.");
  private static final Needle NEEDLE = new Needle("wal_e.");
  private static final byte[] MSG = Ascii.bytes("MSG: ");

  private MessageSeverity severity = MessageSeverity.INFO;
  private int start;
  private int textStart;

  /** Whether a line may be a header: cheap, for the many that are not. */
  static boolean mayBegin(ByteSlice line) {
    return line.startsWith(NAME);
  }

  /** Finds a header in a line; the rest is meaningful only when the answer is true. */
  boolean find(ByteSlice line) {
    if (line.isEmpty() || !isLowerCase(line.byteAt(0))) {
      return false;
    }
    for (int at = NEEDLE.indexIn(line, 0); at >= 0; at = NEEDLE.indexIn(line, at + NAME.length)) {
      if (read(line, at)) {
        start = at;
        return true;
      }
    }
    return false;
  }

  private static boolean isLowerCase(byte b) {
    return b >= 'a' && b <= 'z';
  }

  private boolean read(ByteSlice line, int at) {
    int nameEnd = line.indexOf((byte) ' ', at + NAME.length);
    if (nameEnd < 0) {
      return false;
    }
    int levelStart = Ascii.blanksEnd(line, nameEnd);
    int levelEnd = line.indexOf((byte) ' ', levelStart);
    if (levelEnd < 0 || levelEnd - levelStart > 8) {
      return false;
    }
    int msg = Ascii.blanksEnd(line, levelEnd);
    textStart = msg + MSG.length;
    return line.startsWith(MSG, msg) && readLevel(line.substring(levelStart, levelEnd));
  }

  private boolean readLevel(String level) {
    switch (level) {
      case "DEBUG", "INFO" -> severity = MessageSeverity.INFO;
      case "WARNING" -> severity = MessageSeverity.WARNING;
      case "ERROR" -> severity = MessageSeverity.ERROR;
      case "CRITICAL" -> severity = MessageSeverity.CRITICAL;
      default -> {
        return false;
      }
    }
    return true;
  }

  MessageSeverity severity() {
    return severity;
  }

  /** Where the logger name begins. */
  int start() {
    return start;
  }

  int textStart() {
    return textStart;
  }
}
