/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a queue must not forget over a restart. Small: waiting segments are kept as runs, not one by
 * one.
 *
 * @param asOfMillis when this was true; 0 for a queue that was never looked at
 * @param waiting the segments that waited, as runs of consecutive names
 * @param waitingOthers the other files that waited, by name
 * @param timelines how far each timeline was handed over
 * @param lastArchivedMillis when the last change to {@code .done} happened
 */
public record QueueMemory(
    long asOfMillis,
    List<Run> waiting,
    List<String> waitingOthers,
    List<Timeline> timelines,
    OptionalLong lastArchivedMillis) {
  /** Of a queue that was never looked at. */
  public static final QueueMemory NEW =
      new QueueMemory(0, List.of(), List.of(), List.of(), OptionalLong.empty());

  public QueueMemory {
    waiting = List.copyOf(waiting);
    waitingOthers = List.copyOf(waitingOthers);
    timelines = List.copyOf(timelines);
  }

  boolean isNew() {
    return asOfMillis == 0;
  }

  /**
   * Segments whose names follow each other within one log.
   *
   * @param first name of the first
   * @param count how many
   */
  public record Run(String first, int count) {}

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
