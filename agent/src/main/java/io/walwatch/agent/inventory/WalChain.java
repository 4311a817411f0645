/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.parse.WalFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The WAL that lies in a store, as ranges of segment numbers for each timeline: a million segments
 * in a row are one range. And the history files, without which nobody finds the way from one
 * timeline to the next.
 */
final class WalChain {
  private static final int TIMELINE_DIGITS = 8;

  /** A store with that many holes is beyond counting. */
  private static final int MAX_RANGES = 100_000;

  private final WalGeometry geometry;
  private final TreeMap<Long, TreeMap<Long, Long>> timelines = new TreeMap<>();
  private final TreeSet<Long> histories = new TreeSet<>();
  private int ranges;

  WalChain(WalGeometry geometry) {
    this.geometry = geometry;
  }

  /** A stored segment or history file; other files of pg_wal do not count. */
  void add(String name) {
    if (isHistory(name) && ranges <= MAX_RANGES) {
      ranges += histories.add(timelineOf(name)) ? 1 : 0;
    }
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

  /** The newest timeline that has a segment; 0 where none is stored. */
  long newestTimeline() {
    return timelines.isEmpty() ? 0 : timelines.lastKey();
  }

  /**
   * Files that are missing on the way from a backup's first segment to the newest stored one, and a
   * history file for each timeline above the first.
   *
   * @param startSegment on the way
   * @param way to the newest timeline
   */
  long missing(String startSegment, WalWay way) {
    long timeline = timelineOf(startSegment);
    long next = numberOf(geometry.endOf(startSegment).orElseThrow());
    long missing = missingHistories(timeline);
    for (Map.Entry<Long, Long> part : way.from(timeline).entrySet()) {
      NavigableMap<Long, Long> stored = timelines.getOrDefault(part.getKey(), new TreeMap<>());
      boolean isLast = part.getKey() == newestTimeline();
      long end = isLast ? stored.lastEntry().getValue() + 1 : part.getValue();
      missing += missing(stored, next, end);
      next = Math.max(next, end);
    }
    return missing;
  }

  /**
   * The same where the way is not known: files that are missing from a backup's first segment to
   * the newest stored one: segments of its timeline up to where the next one begins in the store,
   * and so on, and a history file for each timeline above the first. The first segment is needed
   * from its own timeline.
   *
   * @param startSegment where a restore begins, or from where on the store is listed
   * @param oldestStart where the oldest good backup starts; a timeline that has WAL from before it
   *     comes from elsewhere
   */
  OptionalLong missing(String startSegment, String oldestStart) {
    OptionalLong start = geometry.endOf(startSegment);
    if (start.isEmpty()) {
      return OptionalLong.empty();
    }
    long timeline = timelineOf(startSegment);
    long first = numberOf(start.getAsLong());
    long next = first + 1;
    long missing = missingHistories(timeline) + (isStored(timeline, first) ? 0 : 1);
    long oldest = numberOf(geometry.endOf(oldestStart).orElse(start.getAsLong()));
    List<NavigableMap<Long, Long>> way = way(timeline, oldest);
    for (int i = 0; i < way.size(); i++) {
      boolean isLast = i == way.size() - 1;
      long end = isLast ? way.get(i).lastEntry().getValue() + 1 : way.get(i + 1).firstKey();
      missing += missing(way.get(i), next, end);
      next = Math.max(next, end);
    }
    return OptionalLong.of(missing);
  }

  /** The segments of this timeline and of those that may come from it. */
  private List<NavigableMap<Long, Long>> way(long timeline, long oldest) {
    List<NavigableMap<Long, Long>> way = new ArrayList<>();
    timelines
        .tailMap(timeline)
        .forEach(
            (number, stored) -> {
              if (number == timeline || stored.firstKey() >= oldest) {
                way.add(stored);
              }
            });
    return way;
  }

  /** How many segments are missing from one up to another, itself not included. */
  private static long missing(NavigableMap<Long, Long> stored, long from, long end) {
    long next = from;
    long missing = 0;
    for (Map.Entry<Long, Long> range : from(stored, from).entrySet()) {
      if (range.getKey() >= end) {
        break;
      }
      missing += Math.max(0, range.getKey() - next);
      next = Math.max(next, range.getValue() + 1);
    }
    return missing + Math.max(0, end - next);
  }

  private boolean isStored(long timeline, long number) {
    NavigableMap<Long, Long> stored = timelines.getOrDefault(timeline, new TreeMap<>());
    Map.@Nullable Entry<Long, Long> range = stored.floorEntry(number);
    return range != null && range.getValue() >= number;
  }

  /** A restore looks for them one after the other, and ends with the first that is not there. */
  private long missingHistories(long timeline) {
    long newest = timelines.isEmpty() ? timeline : Math.max(timeline, timelines.lastKey());
    return newest - timeline - histories.subSet(timeline, false, newest, true).size();
  }

  /** Number of a segment by its name; empty where that is none of this size. */
  static OptionalLong numberOf(String segment, WalGeometry geometry) {
    OptionalLong end = geometry.endOf(segment);
    return end.isPresent()
        ? OptionalLong.of(geometry.numberAt(end.getAsLong()) - 1)
        : OptionalLong.empty();
  }

  static boolean isHistory(String name) {
    return name.endsWith(".history") && WalFile.parse(name) != null;
  }

  private static NavigableMap<Long, Long> from(NavigableMap<Long, Long> stored, long number) {
    Long begin = stored.floorKey(number);
    return begin == null ? stored : stored.tailMap(begin, true);
  }

  private long numberOf(long endPosition) {
    return geometry.numberAt(endPosition) - 1;
  }

  /** Of a segment or a history file. */
  static long timelineOf(String name) {
    return Long.parseLong(name.substring(0, TIMELINE_DIGITS), 16);
  }
}
