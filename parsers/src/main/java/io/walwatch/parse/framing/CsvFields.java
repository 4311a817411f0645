/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;

/**
 * Finds the fields of one record of csvlog. Our own scanner and no library, since the bytes come
 * line by line, a field may span lines, and a record that does not matter must cost nothing.
 */
final class CsvFields {
  /** PostgreSQL 14 to 18 write 26; one more shows that a record has too many. */
  static final int MAX_FIELDS = 27;

  private final int[] starts = new int[MAX_FIELDS];
  private final int[] ends = new int[MAX_FIELDS];
  private int count;
  private boolean open;

  /** Reads a whole record, or as much of it as there is. */
  void read(ByteSlice record, int length) {
    count = 0;
    int at = 0;
    while (count < MAX_FIELDS) {
      at = readField(record, at, length);
      count++;
      if (at >= length || open) {
        return;
      }
      at++;
    }
  }

  /** Reads one field; returns where the comma behind it stands, or the length. */
  private int readField(ByteSlice record, int from, int length) {
    open = from < length && record.byteAt(from) == '"';
    if (!open) {
      int comma = record.indexOf((byte) ',', from);
      int end = comma < 0 || comma > length ? length : comma;
      keep(from, end);
      return end;
    }
    int at = from + 1;
    while (at < length) {
      if (record.byteAt(at) == '"') {
        if (at + 1 == length || record.byteAt(at + 1) != '"') {
          open = false;
          keep(from + 1, at);
          return at + 1;
        }
        at++;
      }
      at++;
    }
    keep(from + 1, length);
    return length;
  }

  private void keep(int start, int end) {
    starts[count] = start;
    ends[count] = end;
  }

  /** Fields that were read. */
  int count() {
    return count;
  }

  /** Whether the record ends inside a quoted field, so that it goes on with the next line. */
  boolean isOpen() {
    return open;
  }

  int start(int column) {
    return starts[column];
  }

  int end(int column) {
    return ends[column];
  }

  boolean isEmpty(int column) {
    return column >= count || starts[column] == ends[column];
  }
}
