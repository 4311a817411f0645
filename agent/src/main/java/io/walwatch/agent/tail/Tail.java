/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.util.Arrays;

/**
 * The last bytes that were read. A file that was truncated and has regrown past the offset is as
 * long as one would expect; only these bytes give it away.
 */
final class Tail {
  static final int MAX_BYTES = 256;

  private final byte[] bytes = new byte[MAX_BYTES];
  private int length;

  int length() {
    return length;
  }

  /** Whether the {@code available} bytes at the start of {@code array} begin with this tail. */
  boolean matches(byte[] array, int available) {
    return available >= length && Arrays.equals(bytes, 0, length, array, 0, length);
  }

  /**
   * How many of the {@code available} bytes at the start of {@code array} this tail begins with.
   */
  int sameAs(byte[] array, int available) {
    int mismatch = Arrays.mismatch(bytes, 0, length, array, 0, Math.min(available, length));
    return mismatch < 0 ? length : mismatch;
  }

  boolean endsWithNewline() {
    return length > 0 && bytes[length - 1] == '\n';
  }

  /** Remembers the end of the first {@code end} bytes of {@code array}. */
  void remember(byte[] array, int end) {
    length = Math.min(end, MAX_BYTES);
    System.arraycopy(array, end - length, bytes, 0, length);
  }
}
