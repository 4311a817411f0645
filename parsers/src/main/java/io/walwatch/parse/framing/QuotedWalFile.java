/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;

/**
 * Tells "archiving write-ahead log file "X" failed too many times", in any language, from a CONTEXT
 * line, which has the number of a line or a parenthesis: X in quotation marks of some sort is the
 * only number in it.
 */
final class QuotedWalFile {
  private static final int TIMELINE_LENGTH = 8;

  private QuotedWalFile() {}

  static boolean isOnlyNumberIn(ByteSlice line, int from) {
    int names = 0;
    int at = from;
    while (at < line.length()) {
      byte b = line.byteAt(at);
      int end = hexEnd(line, at);
      if (b == '(' || b == '/') {
        return false;
      }
      if (end - at >= TIMELINE_LENGTH && at > from && isQuote(line, at - 1)) {
        names++;
        at = nameEnd(line, end);
      } else if (Ascii.isDigit(b)) {
        return false;
      } else {
        at++;
      }
    }
    return names == 1;
  }

  /** Quotation marks outside of ASCII end in a byte above 127; French has a blank behind. */
  private static boolean isQuote(ByteSlice line, int at) {
    byte b = line.byteAt(at);
    return b == '"' || b == '\'' || b < 0 || (b == ' ' && at > 0 && line.byteAt(at - 1) < 0);
  }

  private static int hexEnd(ByteSlice line, int from) {
    int at = from;
    while (at < line.length()
        && (Ascii.isDigit(line.byteAt(at)) || (line.byteAt(at) >= 'A' && line.byteAt(at) <= 'F'))) {
      at++;
    }
    return at;
  }

  /** Behind the number of a backup label's offset too. */
  private static int nameEnd(ByteSlice line, int end) {
    return end < line.length() && line.byteAt(end) == '.' ? hexEnd(line, end + 1) : end;
  }
}
