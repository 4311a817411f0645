/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How far a server's WAL was handed over, over all its timelines, in positions. */
final class HandedOver {
  private final TreeMap<Long, TimelineProgress> timelines = new TreeMap<>();
  private final TimelineHistories histories;
  private final Runnable forgotten;
  private WalGeometry geometry = WalGeometry.DEFAULT;

  /**
   * Nothing was seen yet.
   *
   * @param forgotten run each time that something is forgotten, since there is too much of it
   */
  HandedOver(TimelineHistories histories, Runnable forgotten) {
    this.histories = histories;
    this.forgotten = forgotten;
  }

  /**
   * Begins anew in another segment size, since numbers of the old one mean nothing in it.
   *
   * @return whether it is another
   */
  boolean geometry(WalGeometry newGeometry) {
    if (newGeometry.equals(geometry)) {
      return false;
    }
    geometry = newGeometry;
    timelines.clear();
    return true;
  }

  void restore(List<QueueMemory.Timeline> memory) {
    for (QueueMemory.Timeline timeline : memory) {
      if (timeline.segmentSizeBytes() == geometry.segmentSizeBytes()) {
        timelines.put(timeline.timeline(), new TimelineProgress(timeline, forgotten));
      }
    }
  }

  List<QueueMemory.Timeline> memory() {
    return timelines.entrySet().stream()
        .map(entry -> entry.getValue().memory(entry.getKey(), geometry))
        .toList();
  }

  void clear() {
    timelines.clear();
    histories.clear();
  }

  /** A segment was archived; {@code waiting} are those that still wait. */
  void archived(long key, SegmentTable waiting) {
    if (!isNumbered(key)) {
      return;
    }
    long number = number(key);
    long timeline = SegmentKey.timeline(key);
    TimelineProgress progress = timelines.get(timeline);
    if (progress == null) {
      long lowest = Math.min(number, lowestWaiting(timeline, waiting).orElse(number));
      progress = new TimelineProgress(lowest - 1, forgotten);
      timelines.put(timeline, progress);
    }
    progress.archived(number);
  }

  void vanished(long key) {
    begun(key).ifPresent(progress -> progress.vanished(number(key)));
  }

  boolean isHandedOver(long key) {
    return known(key).filter(progress -> progress.isHandedOver(number(key))).isPresent();
  }

  void unobserved(long key) {
    known(key).ifPresent(progress -> progress.assumeHandedOver(number(key), number(key)));
  }

  void skipped(long key) {
    begun(key).ifPresent(progress -> progress.skipped(number(key)));
  }

  void pushed(long key) {
    known(key).ifPresent(progress -> progress.pushed(number(key)));
  }

  /** What is no segment, or none of this size, has no number and so no place in a timeline. */
  private boolean isNumbered(long key) {
    return FileKeys.isSegment(key) && geometry.isValid(key);
  }

  private Optional<TimelineProgress> known(long key) {
    return isNumbered(key)
        ? Optional.ofNullable(timelines.get(SegmentKey.timeline(key)))
        : Optional.empty();
  }

  /** The segment's timeline; where nothing was known of it, it begins with this one. */
  private Optional<TimelineProgress> begun(long key) {
    return isNumbered(key)
        ? Optional.of(
            timelines.computeIfAbsent(
                SegmentKey.timeline(key),
                timeline -> new TimelineProgress(number(key) - 1, forgotten)))
        : Optional.empty();
  }

  /**
   * After a blind interval: what lies below the lowest waiting segment counts as handed over, since
   * PostgreSQL keeps what is not. When none waits, that is what lies below the last checkpoint, or
   * up to the highest archived one.
   *
   * @param redo where a primary that archives would recover from
   */
  void assumeAfterBlindInterval(SegmentTable waiting, Optional<RedoPoint> redo) {
    timelines.forEach(
        (timeline, progress) -> {
          long contiguous = progress.contiguous();
          long finished =
              redo.filter(point -> point.timeline() == timeline)
                  .map(point -> geometry.numberAt(point.positionBytes()) - 1)
                  .orElse(contiguous);
          long last = Math.max(finished, progress.highestArchived().orElse(contiguous));
          OptionalLong lowest = lowestWaiting(timeline, waiting);
          progress.assumeHandedOver(
              contiguous + 1, lowest.isPresent() ? lowest.getAsLong() - 1 : last);
        });
  }

  /** The same where something was forgotten since there was too much of it. */
  void recall(SegmentTable waiting) {
    timelines.forEach(
        (timeline, progress) ->
            progress.recall(lowestWaiting(timeline, waiting).orElse(Long.MAX_VALUE) - 1));
  }

  /**
   * Where recovery would begin: every segment below is finished.
   *
   * @param timeline of the last checkpoint
   * @param positionBytes its redo position
   */
  record RedoPoint(long timeline, long positionBytes) {}

  /** Forgets what was skipped or vanished, or never seen, below a position. */
  void forgetGaps(long positionBytes, SegmentTable waiting) {
    forgetGaps(timelines, geometry.numberAt(positionBytes) - 1, waiting);
  }

  /**
   * A good backup starts in a segment: it needs nothing below. It counts only where it lies on the
   * way to the newest timeline, and where that was archived beyond the backup's start.
   *
   * @return whether something was held back by what was missing below
   */
  boolean backupStartsAt(long key, SegmentTable waiting) {
    Map.@Nullable Entry<Long, TimelineProgress> newest = newest();
    if (newest == null || !geometry.isValid(key) || !isOnTheWay(key, newest)) {
      return false;
    }
    Position before = position(waiting);
    forgetGaps(timelines.headMap(SegmentKey.timeline(key), true), number(key) - 1, waiting);
    return !position(waiting).equals(before);
  }

  private boolean isOnTheWay(long key, Map.Entry<Long, TimelineProgress> newest) {
    long timeline = SegmentKey.timeline(key);
    if (timeline == newest.getKey()) {
      return number(key) <= newest.getValue().highestArchived().orElse(-1);
    }
    return timeline < newest.getKey()
        && number(key) < switchNumber(timeline, newest.getKey(), newest.getValue());
  }

  private void forgetGaps(
      SortedMap<Long, TimelineProgress> forgiven, long last, SegmentTable waiting) {
    forgiven.forEach(
        (timeline, progress) -> {
          progress.forgetHoles(last);
          long next = progress.contiguous() + 1;
          int index = waiting.ceiling(SegmentKey.firstOf(timeline));
          int end = waiting.ceiling(SegmentKey.firstOf(timeline + 1));
          for (; index < end && number(waiting.keyAt(index)) <= last; index++) {
            progress.assumeUpToHighest(next, number(waiting.keyAt(index)) - 1);
            next = number(waiting.keyAt(index)) + 1;
          }
          progress.assumeUpToHighest(next, last);
        });
  }

  Position position(SegmentTable waiting) {
    Map.@Nullable Entry<Long, TimelineProgress> newest = newest();
    return newest == null
        ? Position.UNKNOWN
        : position(newest.getKey(), newest.getValue(), waiting);
  }

  /** The newest timeline of which something was archived. */
  private Map.@Nullable Entry<Long, TimelineProgress> newest() {
    for (Map.Entry<Long, TimelineProgress> entry : timelines.descendingMap().entrySet()) {
      if (entry.getValue().highestArchived().isPresent()) {
        return entry;
      }
    }
    return null;
  }

  private Position position(long newest, TimelineProgress progress, SegmentTable waiting) {
    long timeline = newest;
    long contiguous = progress.contiguous();
    for (long older : olderTimelines(newest, waiting)) {
      OptionalLong heldBack = heldBack(older, switchNumber(older, newest, progress), waiting);
      if (heldBack.isPresent()) {
        timeline = older;
        contiguous = heldBack.getAsLong();
        break;
      }
    }
    long highest = Math.max(progress.highestArchived().orElse(-1), progress.contiguous());
    return new Position(
        OptionalLong.of(geometry.endOf(highest)),
        OptionalLong.of(geometry.endOf(contiguous)),
        OptionalLong.of(progress.gaps()),
        OptionalLong.of(timeline));
  }

  /** Timelines below the newest on which something is known or waits, in their order. */
  private Iterable<Long> olderTimelines(long newest, SegmentTable waiting) {
    TreeMap<Long, Boolean> older = new TreeMap<>();
    timelines.headMap(newest, false).keySet().forEach(timeline -> older.put(timeline, true));
    int index = waiting.ceiling(0);
    while (index < waiting.size() && SegmentKey.timeline(waiting.keyAt(index)) < newest) {
      long timeline = SegmentKey.timeline(waiting.keyAt(index));
      older.put(timeline, true);
      index = waiting.ceiling(SegmentKey.firstOf(timeline + 1));
    }
    return older.keySet();
  }

  /**
   * The first segment that the newer timeline has instead of the older one. Without a history file
   * it is where the newer one was seen to begin.
   */
  private long switchNumber(long older, long newest, TimelineProgress progress) {
    Optional<TimelineHistory> history = histories.of(newest);
    if (history.isEmpty()) {
      return progress.base() + 1;
    }
    OptionalLong position = history.get().switchPosition(older);
    return position.isPresent() ? geometry.numberAt(position.getAsLong()) : 0;
  }

  /** Where an older timeline stopped, if a segment is missing before the switch. */
  private OptionalLong heldBack(long timeline, long switchNumber, SegmentTable waiting) {
    TimelineProgress progress = timelines.get(timeline);
    OptionalLong lowest = lowestWaiting(timeline, waiting);
    boolean waits = lowest.isPresent() && lowest.getAsLong() < switchNumber;
    if (progress == null) {
      return waits ? OptionalLong.of(lowest.getAsLong() - 1) : OptionalLong.empty();
    }
    long contiguous = progress.contiguous();
    boolean isMissing = waits && lowest.getAsLong() > contiguous;
    return isMissing || progress.hasHoleBelow(switchNumber)
        ? OptionalLong.of(contiguous)
        : OptionalLong.empty();
  }

  private OptionalLong lowestWaiting(long timeline, SegmentTable waiting) {
    int index = waiting.ceiling(SegmentKey.firstOf(timeline));
    return index < waiting.size() && SegmentKey.timeline(waiting.keyAt(index)) == timeline
        ? OptionalLong.of(number(waiting.keyAt(index)))
        : OptionalLong.empty();
  }

  private long number(long key) {
    return SegmentKey.number(key, geometry);
  }

  /** Positions in bytes; all empty until a segment was seen archived. */
  record Position(
      OptionalLong lastArchived,
      OptionalLong contiguous,
      OptionalLong gapSegments,
      OptionalLong timeline) {
    static final Position UNKNOWN =
        new Position(
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  }
}
