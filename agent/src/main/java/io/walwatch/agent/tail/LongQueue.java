/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.util.Arrays;

/** First in, first out, of primitive longs: {@code ArrayDeque} would box one for each line. */
final class LongQueue {
  private long[] ring = new long[64];
  private int first;
  private int size;

  void add(long value) {
    if (size == ring.length) {
      grow();
    }
    ring[(first + size) & (ring.length - 1)] = value;
    size++;
  }

  int size() {
    return size;
  }

  /** Removes values from the front as long as they are below {@code limit}; says how many. */
  int removeBelow(long limit) {
    int before = size;
    while (size > 0 && ring[first] < limit) {
      first = (first + 1) & (ring.length - 1);
      size--;
    }
    return before - size;
  }

  private void grow() {
    long[] larger = Arrays.copyOf(ring, ring.length * 2);
    System.arraycopy(ring, 0, larger, ring.length, first);
    ring = larger;
  }
}
