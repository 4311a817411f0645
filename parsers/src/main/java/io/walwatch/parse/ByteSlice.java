/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A window on bytes that belong to somebody else, re-wrapped for each use so that reading a line
 * allocates nothing.
 *
 * <p>Valid only as long as the call that handed it over; keep {@link #copy()} or {@link
 * #toString()} instead. Not safe for use by several threads.
 */
public final class ByteSlice {
  private static final byte[] NOTHING = new byte[0];

  private byte[] array = NOTHING;
  private int start;
  private int length;

  /** Points this slice at {@code length} bytes of {@code array} from {@code start}. */
  public ByteSlice wrap(byte[] array, int start, int length) {
    if (start < 0 || length < 0 || start > array.length - length) {
      throw new IndexOutOfBoundsException(start + "+" + length + " of " + array.length);
    }
    this.array = array;
    this.start = start;
    this.length = length;
    return this;
  }

  /** Points this slice at a part of another one; both must lie within it. */
  public ByteSlice wrap(ByteSlice other, int from, int to) {
    other.requireWithin(from, to);
    return wrap(other.array, other.start + from, to - from);
  }

  /** Makes this slice empty. */
  public ByteSlice clear() {
    return wrap(NOTHING, 0, 0);
  }

  /** The array behind the window; the window is {@link #start()} to {@code start() + length()}. */
  public byte[] array() {
    return array;
  }

  public int start() {
    return start;
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** The byte at an index below {@link #length()}; not checked, since each byte is asked for. */
  public byte byteAt(int index) {
    return array[start + index];
  }

  /** Whether this slice has exactly these bytes. */
  public boolean is(byte[] wanted) {
    return length == wanted.length && startsWith(wanted);
  }

  public boolean startsWith(byte[] prefix) {
    return startsWith(prefix, 0);
  }

  /** Whether {@code prefix} stands at {@code index}; false where it would not fit. */
  public boolean startsWith(byte[] prefix, int index) {
    if (index < 0 || prefix.length > length - index) {
      return false;
    }
    int from = start + index;
    // Most that do not fit differ in the first byte.
    if (prefix.length > 0 && array[from] != prefix[0]) {
      return false;
    }
    return Arrays.equals(array, from, from + prefix.length, prefix, 0, prefix.length);
  }

  public boolean endsWith(byte[] suffix) {
    return startsWith(suffix, length - suffix.length);
  }

  /** The first index of {@code wanted} at or after {@code from}, or -1. */
  public int indexOf(byte wanted, int from) {
    byte[] bytes = array;
    for (int i = start + Math.max(from, 0), end = start + length; i < end; i++) {
      if (bytes[i] == wanted) {
        return i - start;
      }
    }
    return -1;
  }

  /** The first index of {@code needle} (not empty) at or after {@code from}, or -1. */
  public int indexOf(byte[] needle, int from) {
    byte first = needle[0];
    int last = length - needle.length;
    for (int i = indexOf(first, from); i >= 0 && i <= last; i = indexOf(first, i + 1)) {
      if (startsWith(needle, i)) {
        return i;
      }
    }
    return -1;
  }

  /** The last index of {@code needle} (not empty) that starts at or before {@code from}, or -1. */
  public int lastIndexOf(byte[] needle, int from) {
    for (int i = Math.min(from, length - needle.length); i >= 0; i--) {
      if (startsWith(needle, i)) {
        return i;
      }
    }
    return -1;
  }

  public boolean contains(byte[] needle) {
    return indexOf(needle, 0) >= 0;
  }

  /** A copy of the bytes, safe to keep. */
  public byte[] copy() {
    return Arrays.copyOfRange(array, start, start + length);
  }

  /** The text from {@code from} to {@code to}; what is not UTF-8 becomes U+FFFD. */
  public String substring(int from, int to) {
    requireWithin(from, to);
    return new String(array, start + from, to - from, StandardCharsets.UTF_8);
  }

  private void requireWithin(int from, int to) {
    if (from < 0 || from > to || to > length) {
      throw new IndexOutOfBoundsException(from + " to " + to + " of " + length);
    }
  }

  /** The text; what is not UTF-8 becomes U+FFFD. */
  @Override
  public String toString() {
    return substring(0, length);
  }
}
