/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;

/**
 * One field of a journal entry in export format: {@code NAME=value}, or, where the value has line
 * ends, the name alone, eight bytes of length (little endian), the value and a line end.
 */
final class JournalField {
  private static final int LENGTH_BYTES = 8;

  /** Journald's own limit (journal-importer.h, DATA_SIZE_MAX); a record's is far lower. */
  private static final long MAX_VALUE_BYTES = 768L * 1024 * 1024;

  private static final int MAX_KEPT_BYTES = 256 * 1024;

  private final Scratch name = new Scratch();
  private final Scratch value = new Scratch();
  private boolean open;
  private int lengthRead;
  private long length;
  private long left;

  /**
   * Reads the next line; false where it is no field.
   *
   * @param isCut whether the end of the line is missing, of which {@link #skip} tells
   */
  boolean accept(ByteSlice line, boolean isCut) {
    if (open) {
      return goOn(line, isCut);
    }
    int equals = line.indexOf((byte) '=', 0);
    name.clear();
    value.clear();
    name.append(line, 0, equals < 0 ? line.length() : equals);
    if (equals >= 0) {
      value.append(line, equals + 1, line.length());
      return equals > 0;
    }
    open = true;
    lengthRead = 0;
    length = 0;
    return isName();
  }

  private boolean goOn(ByteSlice line, boolean isCut) {
    int at = 0;
    while (lengthRead < LENGTH_BYTES && at <= line.length()) {
      long b = byteOrLineEnd(line, at++) & 0xff;
      length |= b << (8 * lengthRead++);
      left = length;
    }
    if (length < 0 || length > MAX_VALUE_BYTES) {
      return false;
    }
    if (lengthRead < LENGTH_BYTES || at > line.length()) {
      // The line end just read was a byte of the length.
      return true;
    }
    int taken = (int) Math.min(left, line.length() - at);
    keep(line, at, at + taken);
    left -= taken;
    at += taken;
    if (isCut) {
      return at == line.length();
    }
    if (left > 0) {
      keepLineEnd();
      left--;
      return true;
    }
    open = false;
    return at == line.length();
  }

  /**
   * Passes over the end of a line that was cut, and the line end; false where the value ends in it,
   * and something else follows.
   */
  boolean skip(long bytes) {
    left -= bytes;
    if (left > 0) {
      keepLineEnd();
      left--;
      return true;
    }
    open = false;
    return left == 0;
  }

  private void keep(ByteSlice line, int from, int to) {
    int room = MAX_KEPT_BYTES - value.view().length();
    value.append(line, from, Math.min(to, from + Math.max(room, 0)));
  }

  private void keepLineEnd() {
    if (value.view().length() < MAX_KEPT_BYTES) {
      value.append((byte) '\n');
    }
  }

  private static byte byteOrLineEnd(ByteSlice line, int at) {
    return at < line.length() ? line.byteAt(at) : (byte) '\n';
  }

  private boolean isName() {
    ByteSlice text = name.view();
    for (int i = 0; i < text.length(); i++) {
      byte b = text.byteAt(i);
      if ((b < 'A' || b > 'Z') && (b < '0' || b > '9') && b != '_') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether the value goes on with the next line. */
  boolean isOpen() {
    return open;
  }

  boolean is(byte[] wanted) {
    return name.view().is(wanted);
  }

  ByteSlice value() {
    return value.view();
  }

  void clear() {
    open = false;
    name.clear();
    value.clear();
  }
}
