/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.QueueMemory.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of segment numbers of one timeline, kept as disjoint ranges: segments are archived nearly
 * in order, so there are as many ranges as gaps, however long the agent runs.
 */
final class SegmentRanges {
  /** Beyond this many ranges the second is forgotten: never more is claimed than is known. */
  static final int MAX_RANGES = 1_000;

  private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();
  private final Runnable forgotten;
  private long lastForgotten = -1;

  /**
   * An empty set.
   *
   * @param forgotten run for each range that there is no room for
   */
  SegmentRanges(Runnable forgotten) {
    this.forgotten = forgotten;
  }

  boolean contains(long number) {
    Map.Entry<Long, Long> range = lastByFirst.floorEntry(number);
    return range != null && range.getValue() >= number;
  }

  void add(long number) {
    addRange(number, number);
  }

  void addRange(long first, long last) {
    long newFirst = first;
    long newLast = last;
    Map.Entry<Long, Long> below = lastByFirst.floorEntry(first);
    if (below != null && below.getValue() >= first - 1) {
      newFirst = below.getKey();
      newLast = Math.max(newLast, below.getValue());
    }
    Map.Entry<Long, Long> next = lastByFirst.ceilingEntry(newFirst);
    while (next != null && next.getKey() <= newLast + 1) {
      newLast = Math.max(newLast, next.getValue());
      lastByFirst.remove(next.getKey());
      next = lastByFirst.ceilingEntry(newFirst);
    }
    lastByFirst.put(newFirst, newLast);
    if (lastByFirst.size() > MAX_RANGES) {
      forget(lastByFirst.higherEntry(lastByFirst.firstKey()));
    }
  }

  private void forget(Map.@Nullable Entry<Long, Long> range) {
    if (range != null) {
      lastForgotten = Math.max(lastForgotten, range.getValue());
      lastByFirst.remove(range.getKey());
      forgotten.run();
    }
  }

  /** The highest number that was forgotten for want of room; -1 when none was. */
  long lastForgotten() {
    return lastForgotten;
  }

  void remove(long number) {
    Map.Entry<Long, Long> range = lastByFirst.floorEntry(number);
    if (range == null || range.getValue() < number) {
      return;
    }
    long first = range.getKey();
    long last = range.getValue();
    lastByFirst.remove(first);
    if (first < number) {
      lastByFirst.put(first, number - 1);
    }
    if (number < last) {
      lastByFirst.put(number + 1, last);
    }
  }

  /** Last number of the range that holds {@code number}, or {@code number} when none does. */
  long endOfRange(long number) {
    Map.Entry<Long, Long> range = lastByFirst.floorEntry(number);
    return range == null ? number : Math.max(number, range.getValue());
  }

  /** How many numbers of a closed interval are missing. */
  long missingBetween(long first, long last) {
    long missing = Math.max(0, last - first + 1);
    for (Map.Entry<Long, Long> range : lastByFirst.entrySet()) {
      long low = Math.max(first, range.getKey());
      long high = Math.min(last, range.getValue());
      missing -= Math.max(0, high - low + 1);
    }
    return missing;
  }

  List<Range> toList() {
    List<Range> ranges = new ArrayList<>();
    lastByFirst.forEach((first, last) -> ranges.add(new Range(first, last)));
    return ranges;
  }
}
