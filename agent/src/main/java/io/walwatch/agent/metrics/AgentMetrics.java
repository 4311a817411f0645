/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.walwatch.agent.state.EvidenceBound;
import io.walwatch.agent.state.LoginRefusal;
import io.walwatch.agent.state.RestoreResult;
import io.walwatch.agent.state.ServerSnapshot;
import java.util.List;

/** The agent itself. */
final class AgentMetrics {
  private AgentMetrics() {}

  static List<Metric> all() {
    MetricList metrics = new MetricList();
    metrics.add(
        MetricKind.GAUGE,
        "walwatch_build_info",
        List.of("version", "revision", "java_version"),
        "Always 1; the labels tell what runs.",
        (snapshot, samples) -> {
          BuildInfo build = BuildInfo.get();
          samples.value(1, build.version(), build.revision(), build.javaVersion());
        });
    configuration(metrics);
    itself(metrics);
    people(metrics);
    return metrics.toList();
  }

  private static void configuration(MetricList metrics) {
    metrics
        .add(
            MetricKind.GAUGE,
            "walwatch_config_last_reload_successful",
            List.of(),
            "1 if the configuration could be used when it was read last, at the start or since.",
            (snapshot, samples) ->
                snapshot
                    .agent()
                    .facts()
                    .reload()
                    .ifPresent(reload -> samples.value(reload.successful() ? 1 : 0)))
        .add(
            MetricKind.GAUGE,
            "walwatch_config_last_reload_success_timestamp_seconds",
            List.of(),
            "When the configuration that holds was taken up.",
            (snapshot, samples) ->
                snapshot
                    .agent()
                    .facts()
                    .reload()
                    .ifPresent(reload -> samples.value(reload.lastSuccessMillis() / 1e3)))
        .add(
            MetricKind.GAUGE,
            "walwatch_servers_expected",
            List.of(),
            "0 where the configuration says by servers: [] that no PostgreSQL server is here, 1 else.",
            (snapshot, samples) ->
                snapshot
                    .agent()
                    .facts()
                    .reload()
                    .ifPresent(reload -> samples.value(reload.serversExpected() ? 1 : 0)));
  }

  private static void itself(MetricList metrics) {
    metrics
        .add(
            MetricKind.COUNTER,
            "walwatch_duplicate_filter_evictions_total",
            List.of(),
            "Records that came too late to tell whether another source had brought them before:"
                + " they may be counted twice.",
            (snapshot, samples) ->
                samples.value(
                    snapshot.servers().stream()
                        .mapToLong(ServerSnapshot::duplicateEvictions)
                        .sum()))
        .add(
            MetricKind.GAUGE,
            "walwatch_checkpoint_last_save_timestamp_seconds",
            List.of(),
            "When positions and counters were last written down.",
            (snapshot, samples) ->
                snapshot
                    .agent()
                    .facts()
                    .checkpoint()
                    .lastSaveMillis()
                    .ifPresent(millis -> samples.value(millis / 1e3)))
        .add(
            MetricKind.COUNTER,
            "walwatch_checkpoint_errors_total",
            List.of(),
            "Checkpoints that could not be written.",
            (snapshot, samples) -> samples.value(snapshot.agent().facts().checkpoint().errors()))
        .add(
            MetricKind.COUNTER,
            "walwatch_checkpoint_restores_total",
            List.of("result"),
            "How the checkpoint was taken over at the start.",
            (snapshot, samples) -> {
              for (RestoreResult result : RestoreResult.values()) {
                long count =
                    snapshot.agent().facts().checkpoint().restores().getOrDefault(result, 0L);
                samples.value(count, result.label());
              }
            })
        .add(
            MetricKind.COUNTER,
            "walwatch_internal_errors_total",
            List.of(),
            "Faults of the agent's own that it survived; its log tells where.",
            (snapshot, samples) -> samples.value(snapshot.agent().internalErrors()))
        .add(
            MetricKind.COUNTER,
            "walwatch_absent_dropped_total",
            List.of(),
            "Servers and logs that were away and were forgotten, since too many were.",
            (snapshot, samples) -> samples.value(snapshot.agent().absentDropped()));
  }

  private static void people(MetricList metrics) {
    metrics
        .add(
            MetricKind.GAUGE,
            "walwatch_failures_kept",
            List.of(),
            "Failures whose evidence is kept.",
            (snapshot, samples) -> samples.value(snapshot.agent().facts().failuresKept()))
        .add(
            MetricKind.COUNTER,
            "walwatch_failures_limited_total",
            List.of("limit"),
            "Times a limit was reached and evidence was not kept: failures that came faster than"
                + " their lines can be read back (failures), pushes in flight whose begin was"
                + " forgotten, to be told without lines if they are abandoned (begins).",
            (snapshot, samples) -> {
              for (EvidenceBound bound : EvidenceBound.values()) {
                long count = snapshot.agent().facts().evidenceLimited().getOrDefault(bound, 0L);
                samples.value(count, bound.label());
              }
            })
        .add(
            MetricKind.COUNTER,
            "walwatch_http_logins_refused_total",
            List.of("reason"),
            "Clients that were not let in: no login (missing), a wrong one, too many at once"
                + " (busy).",
            (snapshot, samples) -> {
              for (LoginRefusal reason : LoginRefusal.values()) {
                long count = snapshot.agent().facts().loginRefusals().getOrDefault(reason, 0L);
                samples.value(count, reason.label());
              }
            })
        .add(
            MetricKind.GAUGE,
            "walwatch_backup_listings_waiting",
            List.of(),
            "Looks at backups that are due and wait for others to end.",
            (snapshot, samples) -> samples.value(snapshot.agent().facts().listingsWaiting()));
  }
}
