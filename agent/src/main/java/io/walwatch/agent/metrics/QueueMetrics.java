/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.walwatch.agent.archive.QueueStatus;
import io.walwatch.agent.state.QueueCount;
import io.walwatch.agent.state.ServerSnapshot;
import io.walwatch.agent.state.WatchCount;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** The queue on disk: {@code pg_wal/archive_status}. */
final class QueueMetrics {
  private static final List<String> SERVER_KIND = List.of("server", "kind");

  private QueueMetrics() {}

  static List<Metric> all() {
    MetricList list = new MetricList();
    waiting(list);
    outcomes(list);
    positions(list);
    watching(list);
    return list.toList();
  }

  private static void waiting(MetricList list) {
    list.perServer(
            MetricKind.GAUGE,
            "walwatch_archive_ready_files",
            SERVER_KIND,
            "Files that wait to be archived (.ready).",
            (server, samples) ->
                server
                    .facts()
                    .queue()
                    .ifPresent(
                        queue ->
                            queue
                                .readyFiles()
                                .forEach(
                                    (kind, files) ->
                                        samples.value(files, server.name(), kind.label()))))
        .serverGauge(
            "walwatch_archive_ready_bytes",
            "Waiting segments times the segment size.",
            QueueMetrics::readyBytes)
        .serverTime(
            "walwatch_archive_oldest_ready_timestamp_seconds",
            "Since when the oldest waiting file waits; absent when none does.",
            queue(QueueStatus::oldestReadyMillis))
        .serverGauge(
            "walwatch_archive_done_files",
            "Status files .done; falls at checkpoints and is not a count of archived files.",
            queue(status -> OptionalLong.of(status.doneFiles())));
  }

  private static void outcomes(MetricList list) {
    outcome(
        list,
        "walwatch_archive_archived_files_total",
        "Files whose .ready became .done: handed over to the archiver.",
        QueueCount.ARCHIVED);
    outcome(
        list,
        "walwatch_archive_received_files_total",
        "Files with .done and no .ready before: received or restored, not archived here.",
        QueueCount.RECEIVED);
    outcome(
        list,
        "walwatch_archive_vanished_files_total",
        "Files whose .ready went away while watched and no .done came: possible loss.",
        QueueCount.VANISHED);
    outcome(
        list,
        "walwatch_archive_unobserved_files_total",
        "Files that waited before nobody watched and were gone afterwards: outcome not seen.",
        QueueCount.UNOBSERVED);
    list.perServer(
        MetricKind.HISTOGRAM,
        "walwatch_archive_duration_seconds",
        List.of("server"),
        "From .ready (mtime) to .done.",
        (server, samples) -> {
          if (server.facts().watched()) {
            samples.histogram(server.archiveDuration(), server.name());
          }
        });
  }

  private static void outcome(MetricList list, String name, String help, QueueCount what) {
    list.perServer(
        MetricKind.COUNTER,
        name,
        SERVER_KIND,
        help,
        (server, samples) -> {
          if (server.facts().watched()) {
            server
                .queueFiles()
                .forEach(
                    (kind, counts) ->
                        samples.value(counts.getOrDefault(what, 0L), server.name(), kind.label()));
          }
        });
  }

  private static void positions(MetricList list) {
    list.serverTime(
            "walwatch_archive_last_archived_timestamp_seconds",
            "When the last file became .done.",
            queue(QueueStatus::lastArchivedMillis))
        .serverGauge(
            "walwatch_archive_last_archived_position_bytes",
            "WAL position of the end of the highest archived segment.",
            queue(QueueStatus::lastArchivedPosition))
        .serverGauge(
            "walwatch_archive_contiguous_position_bytes",
            "WAL position up to which everything was handed over, as far as this host can know.",
            queue(QueueStatus::contiguousPosition))
        .serverGauge(
            "walwatch_archive_gap_segments",
            "Segments not archived below the highest archived one of the same timeline.",
            queue(QueueStatus::gapSegments))
        .serverGauge(
            "walwatch_archive_timeline",
            "Timeline of the contiguous position.",
            queue(QueueStatus::timeline));
  }

  private static void watching(MetricList list) {
    list.perServer(
        MetricKind.GAUGE,
        "walwatch_archive_scan_success",
        List.of("server"),
        "1 if archive_status can be read, else 0.",
        (server, samples) -> {
          if (server.facts().watched()) {
            samples.value(server.queueProblem() == null ? 1 : 0, server.name());
          }
        });
    list.perServer(
        MetricKind.GAUGE,
        "walwatch_archive_scan_duration_seconds",
        List.of("server"),
        "How long the last listing of archive_status took.",
        (server, samples) ->
            server.lastScanNanos().ifPresent(nanos -> samples.value(nanos / 1e9, server.name())));
    watch(list, "walwatch_archive_scans_total", "Listings of archive_status.", WatchCount.SCANS);
    watch(
        list,
        "walwatch_watch_overflows_total",
        "Times the file system's events came faster than they were read; a listing followed.",
        WatchCount.OVERFLOWS);
  }

  private static void watch(MetricList list, String name, String help, WatchCount what) {
    list.perServer(
        MetricKind.COUNTER,
        name,
        List.of("server"),
        help,
        (server, samples) -> {
          if (server.facts().watched()) {
            samples.value(server.watch().getOrDefault(what, 0L), server.name());
          }
        });
  }

  private static OptionalLong readyBytes(ServerSnapshot server) {
    OptionalLong size = ServerMetrics.segmentSize(server);
    return size.isPresent() && server.facts().queue().isPresent()
        ? OptionalLong.of(server.facts().queue().get().readySegments() * size.getAsLong())
        : OptionalLong.empty();
  }

  private static Function<ServerSnapshot, OptionalLong> queue(
      Function<QueueStatus, OptionalLong> value) {
    return server -> server.facts().queue().map(value).orElse(OptionalLong.empty());
  }
}
