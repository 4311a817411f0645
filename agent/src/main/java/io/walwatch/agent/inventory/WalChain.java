/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.archive.WalGeometry;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The WAL that lies in a store, as ranges of segment numbers for each timeline: a million segments
 * in a row are one range.
 */
final class WalChain {
  private static final int TIMELINE_DIGITS = 8;

  /** A store with that many holes is beyond counting. */
  private static final int MAX_RANGES = 100_000;

  private final WalGeometry geometry;
  private final TreeMap<Long, TreeMap<Long, Long>> timelines = new TreeMap<>();
  private int ranges;

  WalChain(WalGeometry geometry) {
    this.geometry = geometry;
  }

  /** A stored segment; other files of pg_wal do not count. */
  void add(String name) {
    OptionalLong end = geometry.endOf(name);
    if (name.length() != 24 || end.isEmpty()) {
      return;
    }
    TreeMap<Long, Long> stored =
        timelines.computeIfAbsent(timelineOf(name), any -> new TreeMap<>());
    if (ranges <= MAX_RANGES) {
      ranges += add(stored, numberOf(end.getAsLong()));
    }
  }

  /** Whether there were more holes than can be counted. */
  boolean isBeyondCounting() {
    return ranges > MAX_RANGES;
  }

  /** Returns by how many the ranges have become more. */
  private static int add(NavigableMap<Long, Long> stored, long number) {
    Map.@Nullable Entry<Long, Long> before = stored.floorEntry(number);
    if (before != null && before.getValue() >= number) {
      return 0;
    }
    boolean joinsBefore = before != null && before.getValue() == number - 1;
    Long lastAfter = stored.remove(number + 1);
    long last = lastAfter == null ? number : lastAfter;
    stored.put(joinsBefore ? before.getKey() : number, last);
    return (joinsBefore ? 0 : 1) - (lastAfter == null ? 0 : 1);
  }

  /** End of the newest stored segment, a WAL position; empty when none is stored. */
  OptionalLong lastPosition() {
    return timelines.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(geometry.endOf(timelines.lastEntry().getValue().lastEntry().getValue()));
  }

  /**
   * Segments that are missing from a backup's first one to the newest stored one. An older timeline
   * counts up to where the next one begins in the store.
   *
   * @param startSegment where a restore of the oldest good backup begins
   */
  OptionalLong missing(String startSegment) {
    OptionalLong start = geometry.endOf(startSegment);
    if (start.isEmpty()) {
      return OptionalLong.empty();
    }
    long timeline = timelineOf(startSegment);
    long first = numberOf(start.getAsLong());
    long next = first;
    long missing = 0;
    Map.@Nullable Entry<Long, TreeMap<Long, Long>> current = timelines.ceilingEntry(timeline);
    while (current != null) {
      Map.@Nullable Entry<Long, TreeMap<Long, Long>> later =
          timelines.higherEntry(current.getKey());
      long end = later == null ? Long.MAX_VALUE : later.getValue().firstKey();
      for (Map.Entry<Long, Long> range : from(current.getValue(), next).entrySet()) {
        if (range.getKey() >= end) {
          break;
        }
        missing += Math.max(0, range.getKey() - next);
        next = Math.max(next, Math.min(range.getValue() + 1, end));
      }
      if (later != null && end > next) {
        missing += end - next;
        next = end;
      }
      current = later;
    }
    // Not even the first one is there: the newest stored one is older than the backup.
    return OptionalLong.of(next == first ? 1 : missing);
  }

  private static NavigableMap<Long, Long> from(NavigableMap<Long, Long> stored, long number) {
    Long begin = stored.floorKey(number);
    return begin == null ? stored : stored.tailMap(begin, true);
  }

  private long numberOf(long endPosition) {
    return geometry.numberAt(endPosition) - 1;
  }

  private static long timelineOf(String name) {
    return Long.parseLong(name.substring(0, TIMELINE_DIGITS), 16);
  }
}
