/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.parse.WalFileKind;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An archive queue at one moment. Immutable. An empty optional says "not known" or "does not
 * apply", never zero.
 *
 * @param readyFiles waiting files by kind; every kind is present
 * @param readySegments waiting whole segments
 * @param segmentSizeBytes size of each, from a WAL file or pg_control
 * @param oldestReadyMillis mtime of the file that has waited longest
 * @param doneFiles {@code .done} files now
 * @param lastArchivedPosition end of the highest archived segment, a WAL position in bytes
 * @param contiguousPosition end of the highest segment up to which everything was handed over
 * @param gapSegments segments not archived below the highest archived one, same timeline
 * @param timeline timeline of the contiguous position
 * @param lastArchivedMillis when the last change to {@code .done} happened
 */
public record QueueStatus(
    Map<WalFileKind, Long> readyFiles,
    long readySegments,
    OptionalLong segmentSizeBytes,
    OptionalLong oldestReadyMillis,
    long doneFiles,
    OptionalLong lastArchivedPosition,
    OptionalLong contiguousPosition,
    OptionalLong gapSegments,
    OptionalLong timeline,
    OptionalLong lastArchivedMillis) {
  public QueueStatus {
    readyFiles = Map.copyOf(readyFiles);
  }
}
