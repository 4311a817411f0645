/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.HandedOver.Position;
import io.walwatch.agent.archive.QueueMemory.Run;
import io.walwatch.parse.WalFileKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Puts the files of a queue into what the outside sees and keeps. */
final class QueueStatuses {
  private QueueStatuses() {}

  /**
   * The status of a queue.
   *
   * @param positions whether positions make sense: not on a standby, which receives
   * @param age whether an age makes sense: where something is archived
   */
  static QueueStatus of(QueueFiles files, HandedOver handedOver, boolean positions, boolean age) {
    SegmentTable ready = files.ready();
    Map<WalFileKind, Long> kinds = countKinds(files);
    Position position = positions ? handedOver.position(ready) : Position.UNKNOWN;
    return new QueueStatus(
        kinds,
        kinds.getOrDefault(WalFileKind.SEGMENT, 0L),
        age && ready.size() > 0 ? OptionalLong.of(ready.minValue()) : OptionalLong.empty(),
        files.doneCount(),
        position.lastArchived(),
        position.contiguous(),
        position.gapSegments(),
        position.timeline(),
        positions ? lastArchived(files) : OptionalLong.empty());
  }

  private static OptionalLong lastArchived(QueueFiles files) {
    return files.lastArchivedMillis() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(files.lastArchivedMillis());
  }

  private static Map<WalFileKind, Long> countKinds(QueueFiles files) {
    Map<WalFileKind, Long> kinds = new EnumMap<>(WalFileKind.class);
    for (WalFileKind kind : WalFileKind.values()) {
      kinds.put(kind, 0L);
    }
    SegmentTable ready = files.ready();
    int others = 0;
    while (others < ready.size() && !FileKeys.isSegment(ready.keyAt(others))) {
      kinds.merge(files.names().file(ready.keyAt(others)).kind(), 1L, Long::sum);
      others++;
    }
    kinds.put(WalFileKind.SEGMENT, (long) ready.size() - others);
    return kinds;
  }

  static QueueMemory memory(QueueFiles files, HandedOver handedOver, long nowMillis) {
    List<Run> runs = new ArrayList<>();
    List<String> others = new ArrayList<>();
    SegmentTable ready = files.ready();
    int i = 0;
    while (i < ready.size()) {
      long first = ready.keyAt(i);
      if (FileKeys.isSegment(first)) {
        int count = 1;
        while (i + count < ready.size() && ready.keyAt(i + count) == first + count) {
          count++;
        }
        runs.add(new Run(SegmentKey.name(first), count));
        i += count;
      } else {
        others.add(files.names().file(first).name());
        i++;
      }
    }
    return new QueueMemory(nowMillis, runs, others, handedOver.memory(), lastArchived(files));
  }
}
