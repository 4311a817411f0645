/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.archive.WalGeometry;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the chain of WAL in a store is whole, from a listing that comes in the order of its
 * names, as that of S3 does. Of one in another order it says nothing.
 */
final class WholeChain {
  /** Where it ends. */
  record End(String segment, long bytesBelow) {}

  private final WalGeometry geometry;
  private final String start;
  private final Optional<WalWay> way;
  private String last = "";
  private boolean ordered = true;
  private boolean broken;
  private long histories;
  private String through = "";
  private long throughNumber;
  private long bytesBelow;

  /**
   * Nothing is listed yet.
   *
   * @param start the segment where the chain begins
   * @param way which timelines it takes; empty where that is not known
   */
  WholeChain(WalGeometry geometry, String start, Optional<WalWay> way) {
    this.geometry = geometry;
    this.start = start;
    this.way = way;
    this.histories = start.isEmpty() ? 0 : WalChain.timelineOf(start);
  }

  /**
   * A stored segment, or the history file before the first of its timeline; other files of pg_wal
   * do not count.
   *
   * @param below size of all that came before it
   */
  void add(String name, long below) {
    if (WalChain.isHistory(name) && WalChain.timelineOf(name) == histories + 1) {
      histories++;
    }
    OptionalLong end = geometry.endOf(name);
    if (name.length() != 24 || end.isEmpty()) {
      return;
    }
    ordered &= name.compareTo(last) >= 0;
    boolean beginsTimeline = !isOf(name, last);
    last = name;
    long number = geometry.numberAt(end.getAsLong()) - 1;
    if (isDead(WalChain.timelineOf(name), number)) {
      return;
    }
    if (through.isEmpty() ? name.equals(start) : !broken && follows(name, number, beginsTimeline)) {
      through = name;
      throughNumber = number;
      bytesBelow = below;
    }
  }

  private boolean isDead(long timeline, long number) {
    return way.isPresent() && !way.get().holds(timeline, number);
  }

  /**
   * A later timeline may branch off below what an earlier one has, but not above; all histories up
   * to its own tell how.
   */
  private boolean follows(String name, long number, boolean beginsTimeline) {
    if (isOf(name, through)) {
      return number == throughNumber + 1;
    }
    broken =
        beginsTimeline && (number > throughNumber + 1 || WalChain.timelineOf(name) > histories);
    return beginsTimeline && !broken;
  }

  private static boolean isOf(String name, String other) {
    return !other.isEmpty() && WalChain.timelineOf(name) == WalChain.timelineOf(other);
  }

  /** Where it begins. */
  String start() {
    return start;
  }

  /** The last segment before the first hole; empty where not even the first one was there. */
  Optional<End> end() {
    return ordered && !through.isEmpty()
        ? Optional.of(new End(through, bytesBelow))
        : Optional.empty();
  }
}
