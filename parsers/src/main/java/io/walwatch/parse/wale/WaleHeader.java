/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.wale;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.Needle;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a WAL-E record: logger name, padded level, {@code MSG: } and the message.
 *
 * <p>It begins the line, except when a child of WAL-E was in the middle of a line of its own: lzop
 * writes {@code lzop: <stdin>: } and {@code not a lzop file} in two pieces. Such a line begins with
 * the child's name; one that begins with a level or a time is another archiver's, which may quote
 * anything.
 */
final class WaleHeader {
  static final String BAD_LEVEL = "unknown level";
  static final String NO_MESSAGE = "no MSG: behind the level";

  private static final byte[] NAME = Ascii.bytes("wal_e.");
  private static final Needle NEEDLE = new Needle("wal_e.");
  private static final byte[] MSG = Ascii.bytes("MSG: ");
  private static final byte[] MSG_WORD = Ascii.bytes("MSG:");

  private static final int MAX_LEVEL_BYTES = 8;

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
    if (levelEnd < 0 || levelEnd - levelStart > MAX_LEVEL_BYTES) {
      return false;
    }
    int msg = Ascii.blanksEnd(line, levelEnd);
    textStart = msg + MSG.length;
    return line.startsWith(MSG, msg) && readLevel(line.substring(levelStart, levelEnd));
  }

  /**
   * Why a line is no header that begins like one, with a logger's name and a level, or null: as the
   * last lines of tracebacks, which begin with the name of an exception.
   */
  static @Nullable String fault(ByteSlice line) {
    if (!mayBegin(line)) {
      return null;
    }
    int nameEnd = NAME.length;
    while (nameEnd < line.length() && isNamePart(line.byteAt(nameEnd))) {
      nameEnd++;
    }
    int levelStart = Ascii.blanksEnd(line, nameEnd);
    int levelEnd = levelStart;
    while (levelEnd < line.length() && isUpperCase(line.byteAt(levelEnd))) {
      levelEnd++;
    }
    boolean leveled =
        levelStart > nameEnd
            && levelEnd > levelStart + 1
            && levelEnd < line.length()
            && line.byteAt(levelEnd) == ' ';
    if (!leveled) {
      return null;
    }
    if (severity(line.substring(levelStart, levelEnd)) != null) {
      return NO_MESSAGE;
    }
    return line.startsWith(MSG_WORD, Ascii.blanksEnd(line, levelEnd)) ? BAD_LEVEL : null;
  }

  private static boolean isNamePart(byte b) {
    return isLowerCase(b) || Ascii.isDigit(b) || b == '.' || b == '_';
  }

  private static boolean isUpperCase(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  private boolean readLevel(String level) {
    MessageSeverity known = severity(level);
    if (known != null) {
      severity = known;
    }
    return known != null;
  }

  private static @Nullable MessageSeverity severity(String level) {
    return switch (level) {
      case "DEBUG", "INFO" -> MessageSeverity.INFO;
      case "WARNING" -> MessageSeverity.WARNING;
      case "ERROR" -> MessageSeverity.ERROR;
      case "CRITICAL" -> MessageSeverity.CRITICAL;
      default -> null;
    };
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
