/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.QueueMemory.Hole;
import io.walwatch.agent.archive.QueueMemory.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How far one timeline was handed over, in segment numbers. Everything up to the base counts as
 * handed over: PostgreSQL removes no segment that has not been. Above it only what was seen counts,
 * and a hole stays one until it is archived after all, or forgotten.
 */
final class TimelineProgress {
  /** The lowest holes decide; what is above a thousand of them does not. */
  private static final int MAX_HOLES = 1_000;

  private final SegmentRanges archived;
  private final TreeMap<Long, Boolean> skippedByHole = new TreeMap<>();
  private final Runnable forgotten;
  private long base;
  private long highestArchived = -1;

  /**
   * Nothing above the base is known.
   *
   * @param forgotten run for each hole or range that there is no room for
   */
  TimelineProgress(long base, Runnable forgotten) {
    this.base = base;
    this.forgotten = forgotten;
    this.archived = new SegmentRanges(forgotten);
    archived.add(base);
  }

  TimelineProgress(QueueMemory.Timeline memory, Runnable forgotten) {
    this(memory.base(), forgotten);
    highestArchived = memory.highestArchived();
    memory.archived().forEach(range -> archived.addRange(range.first(), range.last()));
    memory.holes().forEach(hole -> skippedByHole.put(hole.number(), hole.skipped()));
  }

  void archived(long number) {
    highestArchived = Math.max(highestArchived, number);
    if (!Boolean.TRUE.equals(skippedByHole.get(number))) {
      skippedByHole.remove(number);
      assumeHandedOver(number, number);
    }
  }

  /** Not seen archived, but nothing says that it was not: it counts as handed over. */
  void assumeHandedOver(long first, long last) {
    long above = Math.max(first, base + 1);
    if (above <= last) {
      archived.addRange(above, last);
      skippedByHole.subMap(above, true, last, true).keySet().forEach(archived::remove);
    }
  }

  /** The archiver skipped it: its {@code .done} means nothing, before or after this. */
  void skipped(long number) {
    long before = base;
    addHole(number, true);
    archived.remove(number);
    base = Math.min(base, number - 1);
    archived.add(base);
    // What counted as handed over since it was below the base is still that.
    assumeHandedOver(number + 1, before);
  }

  /** Whether it was handed over before, so that nothing is lost with its {@code .ready}. */
  boolean isHandedOver(long number) {
    return number <= base || archived.contains(number);
  }

  /** Its {@code .ready} vanished; unless it had been archived before (a crash brings them back). */
  void vanished(long number) {
    if (!isHandedOver(number)) {
      addHole(number, false);
    }
  }

  /** The archiver stored it, wherever its status file went: it is missing no longer. */
  void pushed(long number) {
    if (skippedByHole.remove(number) != null) {
      assumeHandedOver(number, number);
    }
  }

  private void addHole(long number, boolean skipped) {
    skippedByHole.put(number, skipped);
    if (skippedByHole.size() > MAX_HOLES) {
      skippedByHole.pollLastEntry();
      forgotten.run();
    }
  }

  /** Forgets that segments up to this one were skipped or vanished. */
  void forgetHoles(long last) {
    skippedByHole.headMap(last, true).clear();
  }

  /**
   * A listing shows that nothing waits up to this segment. What is missing there among what was
   * forgotten for want of room was archived: PostgreSQL keeps the {@code .ready} of what was not,
   * and what vanished is a hole.
   */
  void recall(long last) {
    long contiguous = contiguous();
    assumeHandedOver(contiguous + 1, Math.min(last, archived.lastForgotten()));
  }

  void assumeUpToHighest(long first, long last) {
    assumeHandedOver(first, Math.min(last, highestArchived));
  }

  long base() {
    return base;
  }

  /** Highest segment up to which everything was handed over. */
  long contiguous() {
    return archived.endOfRange(base);
  }

  OptionalLong highestArchived() {
    return highestArchived < 0 ? OptionalLong.empty() : OptionalLong.of(highestArchived);
  }

  /** Segments not archived below the highest archived one. */
  long gaps() {
    long contiguous = contiguous();
    return highestArchived <= contiguous
        ? 0
        : archived.missingBetween(contiguous + 1, highestArchived);
  }

  /** Whether a hole lies above the contiguous position and below a segment. */
  boolean hasHoleBelow(long number) {
    Long hole = skippedByHole.higherKey(contiguous());
    return hole != null && hole < number;
  }

  QueueMemory.Timeline memory(long timeline, WalGeometry geometry) {
    List<Hole> holes = new ArrayList<>();
    skippedByHole.forEach((number, skipped) -> holes.add(new Hole(number, skipped)));
    List<Range> ranges = archived.toList();
    return new QueueMemory.Timeline(
        timeline, geometry.segmentSizeBytes(), base, highestArchived, ranges, holes);
  }
}
