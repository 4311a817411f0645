/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * A sorted map from segment keys to a number, sixteen bytes an entry. New segments come at the end
 * and the oldest leave first, so an insertion or removal moves whichever side is shorter.
 */
final class SegmentTable {
  private long[] keys = new long[16];
  private long[] values = new long[16];
  private int from;
  private int to;

  int size() {
    return to - from;
  }

  long keyAt(int index) {
    return keys[from + index];
  }

  long valueAt(int index) {
    return values[from + index];
  }

  void setValueAt(int index, long value) {
    values[from + index] = value;
  }

  /** Index of a key, or {@code -(insertion point) - 1}. */
  int find(long key) {
    int found = Arrays.binarySearch(keys, from, to, key);
    return found >= 0 ? found - from : found + from;
  }

  /** Index of the lowest key that is not below this one; the size when there is none. */
  int ceiling(long key) {
    int found = find(key);
    return found >= 0 ? found : -found - 1;
  }

  boolean contains(long key) {
    return find(key) >= 0;
  }

  /** Value of a key, or {@code absent}. */
  long get(long key, long absent) {
    int index = find(key);
    return index >= 0 ? valueAt(index) : absent;
  }

  void put(long key, long value) {
    int index = find(key);
    if (index >= 0) {
      setValueAt(index, value);
    } else {
      insert(-index - 1, key, value);
    }
  }

  boolean remove(long key) {
    int index = find(key);
    if (index < 0) {
      return false;
    }
    int at = from + index;
    if (index < size() / 2) {
      move(from, from + 1, index);
      from++;
    } else {
      move(at + 1, at, to - at - 1);
      to--;
    }
    return true;
  }

  /** Keeps the entries whose keys pass, in one go over all of them. */
  void retain(LongPredicate keep) {
    retain(keep, value -> true);
  }

  /** The same by the values. */
  void retainValues(LongPredicate keep) {
    retain(key -> true, keep);
  }

  private void retain(LongPredicate keepKey, LongPredicate keepValue) {
    int kept = from;
    for (int i = from; i < to; i++) {
      if (keepKey.test(keys[i]) && keepValue.test(values[i])) {
        keys[kept] = keys[i];
        values[kept] = values[i];
        kept++;
      }
    }
    to = kept;
  }

  void clear() {
    from = 0;
    to = 0;
  }

  /** The lowest value that is not negative; empty when there is none. */
  OptionalLong minValue() {
    long min = Long.MAX_VALUE;
    for (int i = from; i < to; i++) {
      if (values[i] >= 0) {
        min = Math.min(min, values[i]);
      }
    }
    return min == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(min);
  }

  private void insert(int index, long key, long value) {
    boolean atEnd = index >= size() / 2;
    if (atEnd ? to == keys.length : from == 0) {
      makeRoom(atEnd);
    }
    if (atEnd) {
      move(from + index, from + index + 1, size() - index);
      to++;
    } else {
      move(from, from - 1, index);
      from--;
    }
    keys[from + index] = key;
    values[from + index] = value;
  }

  private void makeRoom(boolean atEnd) {
    int size = size();
    int length = Math.max(16, size + size / 2 + 2);
    int start = atEnd ? 0 : length - size;
    long[] newKeys = new long[length];
    long[] newValues = new long[length];
    System.arraycopy(keys, from, newKeys, start, size);
    System.arraycopy(values, from, newValues, start, size);
    keys = newKeys;
    values = newValues;
    from = start;
    to = start + size;
  }

  private void move(int source, int target, int count) {
    System.arraycopy(keys, source, keys, target, count);
    System.arraycopy(values, source, values, target, count);
  }
}
