/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.HandedOver.Position;
import io.walwatch.parse.WalFileKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** Puts the files of a queue into what the outside sees. */
final class QueueStatuses {
  private QueueStatuses() {}

  /**
   * The status of a queue.
   *
   * @param segmentSizeBytes where it is known
   * @param positions whether positions make sense: not on a standby, which receives
   * @param age whether an age makes sense: where something is archived
   */
  static QueueStatus of(
      QueueFiles files,
      OptionalLong segmentSizeBytes,
      HandedOver handedOver,
      boolean positions,
      boolean age) {
    SegmentTable ready = files.ready();
    Map<WalFileKind, Long> kinds = countKinds(files);
    Position position = positions ? handedOver.position(ready) : Position.UNKNOWN;
    return new QueueStatus(
        kinds,
        kinds.getOrDefault(WalFileKind.SEGMENT, 0L),
        segmentSizeBytes,
        age ? ready.minValue() : OptionalLong.empty(),
        files.done().size(),
        position.lastArchived(),
        position.contiguous(),
        position.gapSegments(),
        position.timeline(),
        positions ? lastArchived(files) : OptionalLong.empty());
  }

  static OptionalLong lastArchived(QueueFiles files) {
    return files.lastArchivedMillis() == QueueFiles.UNKNOWN
        ? OptionalLong.empty()
        : OptionalLong.of(files.lastArchivedMillis());
  }

  private static Map<WalFileKind, Long> countKinds(QueueFiles files) {
    Map<WalFileKind, Long> kinds = new EnumMap<>(WalFileKind.class);
    for (WalFileKind kind : WalFileKind.values()) {
      kinds.put(kind, 0L);
    }
    SegmentTable ready = files.ready();
    int others = ready.ceiling(0);
    for (int i = 0; i < others; i++) {
      kinds.merge(files.names().file(ready.keyAt(i)).kind(), 1L, Long::sum);
    }
    kinds.put(WalFileKind.SEGMENT, (long) ready.size() - others);
    return kinds;
  }
}
