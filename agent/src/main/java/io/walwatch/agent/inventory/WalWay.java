/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.archive.TimelineHistory;
import io.walwatch.agent.archive.WalGeometry;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The way of a restore to a timeline: of each ancestor the segments up to where it was left, and
 * then those of the next one, which has the segment of the switch as well (xlogrecovery.c,
 * XLogFileReadAnyTLI). What lies on other timelines, or on these beyond, is a dead branch.
 */
final class WalWay {
  private final NavigableMap<Long, Long> endByTimeline = new TreeMap<>();

  /**
   * From the first ancestor to a timeline.
   *
   * @param history of that timeline
   */
  WalWay(long timeline, TimelineHistory history, WalGeometry geometry) {
    history
        .switches()
        .forEach((parent, left) -> endByTimeline.put(parent, geometry.numberAt(left)));
    endByTimeline.put(timeline, Long.MAX_VALUE);
  }

  /** The number of the first segment that is not needed of each timeline, from this one on. */
  Map<Long, Long> from(long timeline) {
    return endByTimeline.tailMap(timeline, true);
  }

  /** Whether a segment is needed, or would be if a backup that starts in it were the oldest. */
  boolean holds(long timeline, long number) {
    Map.Entry<Long, Long> before = endByTimeline.lowerEntry(timeline);
    return number < endByTimeline.getOrDefault(timeline, 0L)
        && (before == null || number >= before.getValue());
  }

  /** Whether a backup leads there that starts in this segment, before the switch in it or not. */
  boolean begins(long timeline, long number) {
    return number <= endByTimeline.getOrDefault(timeline, -1L);
  }
}
