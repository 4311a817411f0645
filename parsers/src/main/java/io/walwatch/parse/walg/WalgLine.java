/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.walg;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;

/** The head of a WAL-G line: {@code INFO: 2021/11/04 12:23:29.559454 }. */
final class WalgLine {
  private static final byte[][] LEVELS = {
    Ascii.bytes("INFO: "), Ascii.bytes("WARNING: "), Ascii.bytes("ERROR: ")
  };
  private static final Level[] NAMES = {Level.INFO, Level.WARNING, Level.ERROR};
  private static final int DATE_TIME_LENGTH = "2021/11/04 12:23:29".length();

  enum Level {
    NONE,
    INFO,
    WARNING,
    ERROR
  }

  private int textStart;

  /** The level, or NONE: not a line of WAL-G. */
  Level read(ByteSlice line) {
    for (int i = 0; i < LEVELS.length; i++) {
      if (line.startsWith(LEVELS[i])) {
        return hasTime(line, LEVELS[i].length) ? NAMES[i] : Level.NONE;
      }
    }
    return Level.NONE;
  }

  private boolean hasTime(ByteSlice line, int from) {
    int end = from + DATE_TIME_LENGTH;
    if (end >= line.length()
        || Ascii.digitsEnd(line, from) != from + 4
        || line.byteAt(from + 4) != '/'
        || line.byteAt(from + 7) != '/'
        || line.byteAt(from + 10) != ' '
        || line.byteAt(from + 13) != ':') {
      return false;
    }
    int at = line.byteAt(end) == '.' ? Ascii.digitsEnd(line, end + 1) : end;
    textStart = at + 1;
    return at < line.length() && line.byteAt(at) == ' ';
  }

  int textStart() {
    return textStart;
  }
}
