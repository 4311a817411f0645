/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.archive.WalGeometry;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** In which segments good backups start: the oldest one, and the first of each timeline. */
final class BackupStarts {
  private static final int TIMELINE_DIGITS = 8;

  /** A server is promoted a few times in its life; those of more are not what a store holds. */
  private static final int MAX_TIMELINES = 10_000;

  private final Map<String, String> firstByTimeline = new TreeMap<>();
  private String oldest = "";

  /** A good one starts there; names that are no segment's are passed over. */
  void add(String segment, WalGeometry geometry) {
    if (WalChain.numberOf(segment, geometry).isPresent()) {
      String timeline = segment.substring(0, TIMELINE_DIGITS);
      if (firstByTimeline.size() < MAX_TIMELINES || firstByTimeline.containsKey(timeline)) {
        firstByTimeline.merge(timeline, segment, (a, b) -> a.compareTo(b) <= 0 ? a : b);
      }
    }
  }

  /** It is the oldest by its time; empty where it does not tell where it starts. */
  void oldest(String segment) {
    oldest = segment;
  }

  String oldest() {
    return oldest;
  }

  /** The first backup that leads to the end of the way; empty where none does. */
  Optional<String> firstOn(WalWay way, WalGeometry geometry) {
    return firstByTimeline.values().stream()
        .filter(segment -> begins(way, segment, geometry))
        .findFirst();
  }

  private static boolean begins(WalWay way, String segment, WalGeometry geometry) {
    OptionalLong number = WalChain.numberOf(segment, geometry);
    return number.isPresent() && way.begins(WalChain.timelineOf(segment), number.getAsLong());
  }
}
