/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.parse.WalFileKind;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one server, at one moment. Immutable.
 *
 * @param archivers by name, sorted
 * @param unloggedSegments handed over on disk long ago, and no log has told of it
 * @param duplicateEvictions records that may be counted twice
 * @param queueProblem why archive_status cannot be read, null when it can
 */
public record ServerSnapshot(
    String name,
    ServerFacts facts,
    Map<String, ArchiverSnapshot> archivers,
    Map<ServerCount, Long> counts,
    OptionalLong lastFailureMillis,
    OptionalLong lastExitCode,
    Map<WalFileKind, Map<QueueCount, Long>> queueFiles,
    Map<WatchCount, Long> watch,
    HistogramSnapshot archiveDuration,
    OptionalLong lastScanNanos,
    @Nullable String queueProblem,
    long unloggedSegments,
    long duplicateEvictions) {
  public ServerSnapshot {
    SortedMap<String, ArchiverSnapshot> sorted = new TreeMap<>(archivers);
    archivers = java.util.Collections.unmodifiableSortedMap(sorted);
    counts = Map.copyOf(counts);
    queueFiles = Map.copyOf(queueFiles);
    watch = Map.copyOf(watch);
  }
}
