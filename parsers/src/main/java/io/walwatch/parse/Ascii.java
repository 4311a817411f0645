/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.nio.charset.StandardCharsets;

/** Words and numbers in bytes. */
public final class Ascii {
  private Ascii() {}

  /** The bytes of a word that parsers look for. */
  public static byte[] bytes(String word) {
    return word.getBytes(StandardCharsets.UTF_8);
  }

  public static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Where the digits that start at {@code from} end; {@code from} where there are none. */
  public static int digitsEnd(ByteSlice text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.byteAt(at))) {
      at++;
    }
    return at;
  }

  /** Where the blanks that start at {@code from} end. */
  public static int blanksEnd(ByteSlice text, int from) {
    int at = from;
    while (at < text.length() && text.byteAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /** The number written from {@code from} to {@code to}, or -1: not digits, or more than 18. */
  public static long number(ByteSlice text, int from, int to) {
    if (from >= to || to - from > 18 || to > text.length()) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.byteAt(i))) {
        return -1;
      }
      value = value * 10 + (text.byteAt(i) - '0');
    }
    return value;
  }
}
