/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How far a server's WAL was handed over, over all its timelines, in positions. */
final class HandedOver {
  private final TreeMap<Long, TimelineProgress> timelines = new TreeMap<>();
  private WalGeometry geometry;

  HandedOver(WalGeometry geometry) {
    this.geometry = geometry;
  }

  WalGeometry geometry() {
    return geometry;
  }

  /** Begins anew in another segment size: numbers of the old one mean nothing in it. */
  void geometry(WalGeometry newGeometry) {
    if (!newGeometry.equals(geometry)) {
      geometry = newGeometry;
      timelines.clear();
    }
  }

  void restore(List<QueueMemory.Timeline> memory) {
    for (QueueMemory.Timeline timeline : memory) {
      if (timeline.segmentSizeBytes() == geometry.segmentSizeBytes()) {
        timelines.put(timeline.timeline(), new TimelineProgress(timeline));
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
  }

  /** A segment was archived; {@code waiting} are those that still wait. */
  void archived(long key, SegmentTable waiting) {
    if (!geometry.isValid(key)) {
      return;
    }
    long number = number(key);
    long timeline = SegmentKey.timeline(key);
    TimelineProgress progress = timelines.get(timeline);
    if (progress == null) {
      long lowest = Math.min(number, lowestWaiting(timeline, waiting).orElse(number));
      progress = new TimelineProgress(lowest - 1);
      timelines.put(timeline, progress);
    }
    progress.archived(number);
  }

  void vanished(long key) {
    TimelineProgress progress = progressOf(key);
    if (progress != null) {
      progress.vanished(number(key));
    }
  }

  void unobserved(long key) {
    TimelineProgress progress = progressOf(key);
    if (progress != null) {
      progress.assumeHandedOver(number(key), number(key));
    }
  }

  private @Nullable TimelineProgress progressOf(long key) {
    return FileKeys.isSegment(key) ? timelines.get(SegmentKey.timeline(key)) : null;
  }

  void skipped(long key) {
    timelines
        .computeIfAbsent(
            SegmentKey.timeline(key), timeline -> new TimelineProgress(number(key) - 1))
        .skipped(number(key));
  }

  /**
   * After a blind interval: what lies below the lowest waiting segment, or the highest archived one
   * when none waits, counts as handed over, since PostgreSQL keeps what is not.
   */
  void assumeAfterBlindInterval(SegmentTable waiting) {
    timelines.forEach(
        (timeline, progress) -> {
          long contiguous = progress.contiguous();
          OptionalLong lowest = lowestWaiting(timeline, waiting);
          long last =
              lowest.isPresent()
                  ? lowest.getAsLong() - 1
                  : progress.highestArchived().orElse(contiguous);
          progress.assumeHandedOver(contiguous + 1, last);
        });
  }

  /** Forgets the holes that end at or below a position. */
  void forgetHoles(long positionBytes) {
    timelines
        .values()
        .forEach(progress -> progress.forgetHoles(geometry.numberAt(positionBytes) - 1));
  }

  Position position(SegmentTable waiting) {
    Map.Entry<Long, TimelineProgress> newest = newestArchived();
    if (newest == null) {
      return Position.UNKNOWN;
    }
    TimelineProgress progress = newest.getValue();
    long timeline = newest.getKey();
    Map.Entry<Long, TimelineProgress> contiguous = heldBack(newest, waiting);
    return new Position(
        end(progress.highestArchived()),
        end(OptionalLong.of(contiguous.getValue().contiguous())),
        OptionalLong.of(progress.gaps()),
        OptionalLong.of(contiguous == newest ? timeline : contiguous.getKey()));
  }

  private Map.@Nullable Entry<Long, TimelineProgress> newestArchived() {
    for (Map.Entry<Long, TimelineProgress> entry : timelines.descendingMap().entrySet()) {
      if (entry.getValue().highestArchived().isPresent()) {
        return entry;
      }
    }
    return null;
  }

  /** The oldest timeline below the newest on which a segment before the switch is missing. */
  private Map.Entry<Long, TimelineProgress> heldBack(
      Map.Entry<Long, TimelineProgress> newest, SegmentTable waiting) {
    long switchNumber = newest.getValue().base() + 1;
    for (Map.Entry<Long, TimelineProgress> older :
        timelines.headMap(newest.getKey(), false).entrySet()) {
      boolean waits = lowestWaiting(older.getKey(), waiting).orElse(switchNumber) < switchNumber;
      if (waits || older.getValue().hasHoleBelow(switchNumber)) {
        return older;
      }
    }
    return newest;
  }

  private OptionalLong lowestWaiting(long timeline, SegmentTable waiting) {
    int found = waiting.find(SegmentKey.firstOf(timeline));
    int index = found >= 0 ? found : -found - 1;
    return index < waiting.size() && SegmentKey.timeline(waiting.keyAt(index)) == timeline
        ? OptionalLong.of(number(waiting.keyAt(index)))
        : OptionalLong.empty();
  }

  private long number(long key) {
    return SegmentKey.number(key, geometry);
  }

  private OptionalLong end(OptionalLong number) {
    return number.isPresent()
        ? OptionalLong.of(geometry.endOf(number.getAsLong()))
        : OptionalLong.empty();
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
