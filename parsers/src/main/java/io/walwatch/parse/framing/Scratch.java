/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import java.util.Arrays;

/** Bytes that are put together before they are looked at; reused. */
final class Scratch {
  private static final int OCTAL_DIGITS = 3;

  private final ByteSlice view = new ByteSlice();
  private byte[] bytes = new byte[1024];
  private int used;

  void clear() {
    used = 0;
  }

  void append(ByteSlice source, int from, int to) {
    ensureRoom(to - from);
    System.arraycopy(source.array(), source.start() + from, bytes, used, to - from);
    used += to - from;
  }

  void append(byte b) {
    ensureRoom(1);
    bytes[used++] = b;
  }

  /**
   * Appends what rsyslog wrote as {@code #012} for each control character it received; or somebody
   * typed that.
   *
   * @param lineEnds whether line ends are decoded too
   */
  void appendDecoded(ByteSlice source, int from, int to, boolean lineEnds) {
    int at = from;
    while (at < to) {
      int hash = source.indexOf((byte) '#', at);
      if (hash < 0 || hash >= to) {
        append(source, at, to);
        return;
      }
      append(source, at, hash);
      int control = hash + OCTAL_DIGITS < to ? controlAt(source, hash + 1) : -1;
      if (control < 0 || (control == '\n' && !lineEnds)) {
        append((byte) '#');
        at = hash + 1;
      } else {
        append((byte) control);
        at = hash + 1 + OCTAL_DIGITS;
      }
    }
  }

  /** The control character whose three octal digits stand there, or -1. */
  private static int controlAt(ByteSlice source, int from) {
    int value = 0;
    for (int i = from; i < from + OCTAL_DIGITS; i++) {
      int digit =
          i < source.length() && Ascii.isDigit(source.byteAt(i)) ? source.byteAt(i) - '0' : 8;
      if (digit > 7) {
        return -1;
      }
      value = value * 8 + digit;
    }
    return value < ' ' || value == 127 ? value : -1;
  }

  /** Takes trailing NUL bytes away: WAL-E's handler sends one. */
  void trimNuls() {
    while (used > 0 && bytes[used - 1] == 0) {
      used--;
    }
  }

  /** What was put together; valid until the next change. */
  ByteSlice view() {
    return view.wrap(bytes, 0, used);
  }

  private void ensureRoom(int length) {
    if (bytes.length - used < length) {
      bytes = Arrays.copyOf(bytes, Math.max(used + length, 2 * bytes.length));
    }
  }
}
