/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.walwatch.agent.archive.QueueStatus;
import io.walwatch.agent.archive.ServerStatus;
import io.walwatch.agent.archive.ServerStatus.ArchiveMethod;
import io.walwatch.agent.archive.ServerStatus.ArchiveMode;
import io.walwatch.agent.state.ServerCount;
import io.walwatch.agent.state.ServerSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** What the server's own files say about it. */
final class ServerMetrics {
  private static final Map<String, ServerCount> LIMITS =
      new TreeMap<>(
          Map.of(
              "gaps", ServerCount.LIMITED_GAPS,
              "witnesses", ServerCount.LIMITED_WITNESSES,
              "words", ServerCount.LIMITED_WORDS));

  private ServerMetrics() {}

  static List<Metric> all() {
    MetricList list = new MetricList();
    wal(list);
    role(list);
    limits(list);
    return list.toList();
  }

  private static void wal(MetricList list) {
    list.serverGauge(
            "walwatch_wal_segment_size_bytes",
            "Size of one WAL segment.",
            ServerMetrics::segmentSize)
        .serverGauge(
            "walwatch_wal_directory_bytes",
            "Size of all files in pg_wal.",
            server(ServerStatus::walDirectoryBytes))
        .serverGauge(
            "walwatch_wal_filesystem_size_bytes",
            "Size of the file system that holds pg_wal.",
            server(ServerStatus::filesystemSizeBytes))
        .serverGauge(
            "walwatch_wal_filesystem_avail_bytes",
            "Free space in the file system that holds pg_wal.",
            server(ServerStatus::filesystemAvailBytes))
        .serverGauge(
            "walwatch_server_last_checkpoint_position_bytes",
            "Redo position in pg_control: a lower bound of the current WAL position.",
            server(ServerStatus::redoPosition));
  }

  private static void role(MetricList list) {
    list.serverGauge(
            "walwatch_server_in_recovery",
            "1 on a standby or while recovering, 0 on a primary; absent when unreadable.",
            server(status -> flag(status.inRecovery())))
        .serverGauge(
            "walwatch_server_running",
            "1 if postmaster.pid names a live postmaster.",
            server(status -> flag(status.running())))
        .perServer(
            MetricKind.GAUGE,
            "walwatch_server_archive_mode",
            List.of("server", "mode"),
            "1 for the archive_mode that the server's files and options say, 0 for the others.",
            ServerMetrics::archiveModes)
        .perServer(
            MetricKind.GAUGE,
            "walwatch_server_archive_method",
            List.of("server", "method"),
            "1 for what the server's files and options say that it archives with (none: neither"
                + " archive_command nor archive_library is set), 0 for the others.",
            ServerMetrics::archiveMethods)
        .serverGauge(
            "walwatch_server_timeline",
            "Timeline of the last checkpoint, from pg_control.",
            server(ServerStatus::timeline))
        .perServer(
            MetricKind.GAUGE,
            "walwatch_server_info",
            List.of("server", "version", "system_identifier"),
            "Always 1; the labels tell which server and which cluster it is.",
            ServerMetrics::info);
  }

  /** What limits do without, each time. */
  private static void limits(MetricList list) {
    list.perServer(
        MetricKind.COUNTER,
        "walwatch_server_limited_total",
        List.of("server", "limit"),
        "Times a limit was reached and something was forgotten: missing segments and what was"
            + " archived between them (gaps), segments on which log and disk do not agree yet"
            + " (witnesses), what logs said of segments while the queue could not be read (words).",
        (server, samples) ->
            LIMITS.forEach(
                (limit, count) ->
                    samples.value(server.counts().getOrDefault(count, 0L), server.name(), limit)));
  }

  private static void archiveModes(ServerSnapshot server, Metric.Samples samples) {
    server
        .facts()
        .server()
        .flatMap(ServerStatus::archiveMode)
        .ifPresent(
            mode -> {
              for (ArchiveMode each : ArchiveMode.values()) {
                String label = each.name().toLowerCase(Locale.ROOT);
                samples.value(each == mode ? 1 : 0, server.name(), label);
              }
            });
  }

  private static void archiveMethods(ServerSnapshot server, Metric.Samples samples) {
    server
        .facts()
        .server()
        .flatMap(ServerStatus::archiveMethod)
        .ifPresent(
            method -> {
              for (ArchiveMethod each : ArchiveMethod.values()) {
                String label = each.name().toLowerCase(Locale.ROOT);
                samples.value(each == method ? 1 : 0, server.name(), label);
              }
            });
  }

  private static void info(ServerSnapshot server, Metric.Samples samples) {
    server
        .facts()
        .server()
        .ifPresent(
            status -> {
              if (status.version().isPresent() && status.systemIdentifier().isPresent()) {
                String identifier = Long.toUnsignedString(status.systemIdentifier().getAsLong());
                samples.value(1, server.name(), status.version().get(), identifier);
              }
            });
  }

  /** A queue without a data directory may lie beside a WAL file. */
  static OptionalLong segmentSize(ServerSnapshot server) {
    return server
        .facts()
        .queue()
        .map(QueueStatus::segmentSizeBytes)
        .filter(OptionalLong::isPresent)
        .orElseGet(() -> server(ServerStatus::segmentSizeBytes).apply(server));
  }

  private static OptionalLong flag(java.util.Optional<Boolean> value) {
    return value.isPresent() ? OptionalLong.of(value.get() ? 1 : 0) : OptionalLong.empty();
  }

  private static Function<ServerSnapshot, OptionalLong> server(
      Function<ServerStatus, OptionalLong> value) {
    return server -> server.facts().server().map(value).orElse(OptionalLong.empty());
  }
}
