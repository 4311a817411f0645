/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * What a queue must not forget over a restart. Small: segments are kept as one text, not one by
 * one.
 *
 * @param asOfMillis when this was true; 0 for a queue that was never looked at
 * @param systemIdentifier of the cluster that it was about
 * @param waiting what waited
 * @param recentlyDone what became {@code .done} in the last seconds before
 * @param timelines how far each timeline was handed over
 * @param lastArchivedMillis when the last change to {@code .done} happened
 * @param words what logs have told of it since it could be read last
 */
public record QueueMemory(
    long asOfMillis,
    OptionalLong systemIdentifier,
    FileSet waiting,
    FileSet recentlyDone,
    List<Timeline> timelines,
    OptionalLong lastArchivedMillis,
    Words words) {
  /** Of a queue that was never looked at. */
  public static final QueueMemory NEW =
      new QueueMemory(
          0,
          OptionalLong.empty(),
          FileSet.NONE,
          FileSet.NONE,
          List.of(),
          OptionalLong.empty(),
          Words.NONE);

  public QueueMemory {
    timelines = List.copyOf(timelines);
  }

  /** Of a queue that was read, as it is now. */
  static QueueMemory of(
      long nowMillis, OptionalLong systemIdentifier, QueueFiles files, HandedOver handedOver) {
    return new QueueMemory(
        nowMillis,
        systemIdentifier,
        FileSet.of(files.ready(), files.names()),
        FileSet.of(files.recentlyDone().keys(nowMillis), files.names()),
        handedOver.memory(),
        QueueStatuses.lastArchived(files),
        Words.NONE);
  }

  /** The same, of a queue that could not be read since, and of which this was told. */
  QueueMemory with(Words told) {
    return new QueueMemory(
        asOfMillis, systemIdentifier, waiting, recentlyDone, timelines, lastArchivedMillis, told);
  }

  boolean isNew() {
    return asOfMillis == 0;
  }

  /** Whether it cannot be about the cluster with this identifier. */
  boolean isOfAnother(OptionalLong identifier) {
    return identifier.isPresent()
        && systemIdentifier.isPresent()
        && identifier.getAsLong() != systemIdentifier.getAsLong();
  }

  /**
   * Names without {@code .ready} or {@code .done}.
   *
   * @param segments whole segments
   * @param others the other kinds, by name
   */
  public record FileSet(SegmentRuns segments, List<String> others) {
    static final FileSet NONE = new FileSet(SegmentRuns.NONE, List.of());

    public FileSet {
      others = List.copyOf(others);
    }

    static FileSet of(SegmentTable table, FileKeys names) {
      List<String> others = new ArrayList<>();
      for (int i = 0; i < table.ceiling(0); i++) {
        others.add(names.file(table.keyAt(i)).name());
      }
      return new FileSet(SegmentRuns.of(table), others);
    }

    void forEachKey(FileKeys names, LongConsumer consumer) {
      segments.forEachKey(consumer);
      for (String name : others) {
        long key = names.key(name, name.length());
        if (key != SegmentKey.NONE) {
          consumer.accept(key);
        }
      }
    }
  }

  /**
   * What logs say of segments.
   *
   * @param skipped never stored
   * @param pushed stored
   */
  public record Words(FileSet skipped, FileSet pushed) {
    static final Words NONE = new Words(FileSet.NONE, FileSet.NONE);
  }

  /**
   * Segment numbers from {@code first} to {@code last}.
   *
   * @param first number counted from the start of WAL
   * @param last the same
   */
  public record Range(long first, long last) {}

  /**
   * A segment that was not handed over.
   *
   * @param number counted from the start of WAL
   * @param skipped whether the archiver said that it skipped it; else it vanished
   */
  public record Hole(long number, boolean skipped) {}

  /**
   * How far one timeline was handed over.
   *
   * @param timeline its number
   * @param segmentSizeBytes what the numbers below count in
   * @param base everything up to this segment was handed over
   * @param highestArchived highest segment seen archived; -1 when none was
   * @param archived what is archived from the base on
   * @param holes what was not handed over
   */
  public record Timeline(
      long timeline,
      long segmentSizeBytes,
      long base,
      long highestArchived,
      List<Range> archived,
      List<Hole> holes) {
    public Timeline {
      archived = List.copyOf(archived);
      holes = List.copyOf(holes);
    }
  }
}
