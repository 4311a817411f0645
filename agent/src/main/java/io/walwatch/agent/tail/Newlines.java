/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the end of a line, eight bytes at a time: C2 does not vectorise a loop that may leave
 * early, and this one sees every byte of every log.
 */
final class Newlines {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Newlines() {}

  /** Index of the first newline from {@code from} to before {@code to}, or -1. */
  static int indexOf(byte[] array, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long zeroAtNewline = (long) WORDS.get(array, i) ^ NEWLINES;
      // A borrow can only mark bytes above a true hit, so the lowest mark is always right.
      long marks = (zeroAtNewline - LOW_BITS) & ~zeroAtNewline & HIGH_BITS;
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (array[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Index of the last newline from {@code from} to before {@code to}, or -1. */
  static int lastIndexOf(byte[] array, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (array[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
