/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.walwatch.agent.state.ServerCount;
import io.walwatch.agent.state.ServerSnapshot;
import java.util.List;

/** What PostgreSQL says about archiving in its log. */
final class ArchiveCommandMetrics {
  private ArchiveCommandMetrics() {}

  static List<Metric> all() {
    MetricList list = new MetricList();
    list.perServer(
        MetricKind.COUNTER,
        "walwatch_archive_command_failures_total",
        List.of("server", "severity", "cause"),
        "Failed attempts to archive; fatal: the archiver process died, PostgreSQL counts those"
            + " nowhere.",
        ArchiveCommandMetrics::failures);
    list.serverTime(
            "walwatch_archive_command_last_failure_timestamp_seconds",
            "Time in the record of the last failed attempt.",
            ServerSnapshot::lastFailureMillis)
        .serverGauge(
            "walwatch_archive_command_last_exit_code",
            "Exit code of the last failed attempt that had one.",
            ServerSnapshot::lastExitCode);
    count(
        list,
        "walwatch_archive_command_gave_up_total",
        "Times PostgreSQL paused after failed attempts (\"failed too many times\").",
        ServerCount.GAVE_UP);
    count(
        list,
        "walwatch_archive_not_configured_total",
        "Complaints that archive_mode is on without a command or library.",
        ServerCount.NOT_CONFIGURED);
    count(
        list,
        "walwatch_archive_orphans_removed_total",
        "Status files without a segment that PostgreSQL removed.",
        ServerCount.ORPHANS_REMOVED);
    count(
        list,
        "walwatch_backup_stop_waits_total",
        "Complaints that the end of a base backup still waits for its segments.",
        ServerCount.BACKUP_STOP_WAITS);
    count(
        list,
        "walwatch_wal_out_of_space_total",
        "PANICs because there was no space left in pg_wal.",
        ServerCount.WAL_OUT_OF_SPACE);
    count(
        list,
        "walwatch_wal_segment_missing_total",
        "Requests for a segment that was already removed.",
        ServerCount.WAL_SEGMENT_MISSING);
    return list.toList();
  }

  private static void failures(ServerSnapshot server, Metric.Samples samples) {
    failure(server, samples, ServerCount.FAILED_LOG_EXIT, "log", "exit");
    failure(server, samples, ServerCount.FAILED_LOG_SIGNAL, "log", "signal");
    failure(server, samples, ServerCount.FAILED_LOG_MODULE, "log", "module");
    failure(server, samples, ServerCount.FAILED_FATAL_EXIT, "fatal", "exit");
    failure(server, samples, ServerCount.FAILED_FATAL_SIGNAL, "fatal", "signal");
    failure(server, samples, ServerCount.FAILED_FATAL_MODULE, "fatal", "module");
  }

  private static void failure(
      ServerSnapshot server,
      Metric.Samples samples,
      ServerCount what,
      String severity,
      String cause) {
    samples.value(server.counts().getOrDefault(what, 0L), server.name(), severity, cause);
  }

  private static void count(MetricList list, String name, String help, ServerCount what) {
    list.serverCounter(name, help, server -> server.counts().getOrDefault(what, 0L));
  }
}
