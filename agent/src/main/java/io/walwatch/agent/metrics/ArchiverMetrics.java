/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.agent.state.ArchiverSnapshot;
import io.walwatch.agent.state.FetchCount;
import io.walwatch.agent.state.PushCount;
import io.walwatch.agent.state.ServerSnapshot;
import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.MessageSeverity;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** What the archiver says in its log. */
final class ArchiverMetrics {
  private static final List<String> LABELS = List.of("server", "archiver");

  private ArchiverMetrics() {}

  static List<Metric> all() {
    MetricList list = new MetricList();
    pushCounters(list);
    pushGauges(list);
    fetches(list);
    messages(list);
    witnesses(list);
    return list.toList();
  }

  private static void pushCounters(MetricList list) {
    counter(list, "walwatch_push_started_total", "Pushes that began.", PushCount.STARTED);
    counter(
        list,
        "walwatch_push_completed_total",
        "Pushes that completed: every record, a segment may complete more than once.",
        PushCount.COMPLETED);
    counter(
        list,
        "walwatch_push_repeated_total",
        "Pushes that completed for a file that had completed before.",
        PushCount.REPEATED);
    counter(
        list,
        "walwatch_push_skipped_total",
        "Pushes that were skipped: marked .done without an upload.",
        PushCount.SKIPPED);
    counter(
        list,
        "walwatch_push_failed_total",
        "Pushes that failed by the archiver's own word.",
        PushCount.FAILED);
    counter(
        list,
        "walwatch_push_abandoned_total",
        "Pushes that began and never ended: process gone, begun again, or time-out.",
        PushCount.ABANDONED);
    counter(
        list,
        "walwatch_push_unmatched_total",
        "Pushes that ended and whose begin was not seen.",
        PushCount.UNMATCHED);
  }

  private static void pushGauges(MetricList list) {
    gauge(
        list,
        "walwatch_push_in_flight",
        "Pushes that began and have not ended.",
        archiver -> OptionalDouble.of(archiver.inFlight()));
    gauge(
        list,
        "walwatch_push_oldest_in_flight_timestamp_seconds",
        "Begin of the oldest push in flight; absent when there is none.",
        archiver -> seconds(archiver.oldestInFlightMillis()));
    gauge(
        list,
        "walwatch_push_last_completed_timestamp_seconds",
        "Time in the record of the last completed push.",
        archiver -> seconds(archiver.lastCompletedMillis()));
    list.perServer(
        MetricKind.GAUGE,
        "walwatch_push_last_completed_position_bytes",
        LABELS,
        "WAL position of the end of the highest completed segment.",
        ArchiverMetrics::lastPosition);
    list.perServer(
        MetricKind.HISTOGRAM,
        "walwatch_push_duration_seconds",
        LABELS,
        "From begin to complete of a push.",
        (server, samples) ->
            server
                .archivers()
                .forEach(
                    (name, archiver) ->
                        samples.histogram(archiver.pushDuration(), server.name(), name)));
    gauge(
        list,
        "walwatch_push_rate_bytes_per_second",
        "Rate of the last completed push, as the archiver told it.",
        ArchiverSnapshot::lastRateBytesPerSecond);
  }

  private static void lastPosition(ServerSnapshot server, Metric.Samples samples) {
    OptionalLong size = ServerMetrics.segmentSize(server);
    if (size.isEmpty() || !WalGeometry.isSegmentSize(size.getAsLong())) {
      return;
    }
    WalGeometry geometry = new WalGeometry(size.getAsLong());
    server
        .archivers()
        .forEach(
            (name, archiver) -> {
              String segment = archiver.highestCompletedSegment();
              if (segment != null) {
                geometry.endOf(segment).ifPresent(end -> samples.value(end, server.name(), name));
              }
            });
  }

  private static void fetches(MetricList list) {
    fetch(list, "walwatch_fetch_started_total", "Fetches that began.", FetchCount.STARTED);
    fetch(list, "walwatch_fetch_completed_total", "Fetches that completed.", FetchCount.COMPLETED);
    fetch(
        list,
        "walwatch_fetch_missing_total",
        "Fetches of what the store does not have.",
        FetchCount.MISSING);
    fetch(
        list,
        "walwatch_fetch_prefetch_hits_total",
        "Fetches that were answered from what had been fetched ahead.",
        FetchCount.PREFETCH_HITS);
  }

  private static void witnesses(MetricList list) {
    list.perServer(
        MetricKind.GAUGE,
        "walwatch_archive_unlogged_segments",
        List.of("server"),
        "Segments that became .done, and for longer than the push time-out no log told of their"
            + " push: the agent may be blind.",
        (server, samples) -> {
          if (server.facts().watched() && server.facts().archiverKnown()) {
            samples.value(server.unloggedSegments(), server.name());
          }
        });
    list.perServer(
        MetricKind.GAUGE,
        "walwatch_push_unarchived_segments",
        LABELS,
        "Segments that completed in the log, and still wait on disk for longer than the push"
            + " time-out.",
        (server, samples) -> {
          if (server.facts().watched()) {
            server
                .archivers()
                .forEach(
                    (name, archiver) ->
                        samples.value(archiver.unarchivedSegments(), server.name(), name));
          }
        });
  }

  private static void messages(MetricList list) {
    list.perServer(
        MetricKind.COUNTER,
        "walwatch_archiver_messages_total",
        List.of("server", "archiver", "severity"),
        "Records of that severity.",
        (server, samples) ->
            server
                .archivers()
                .forEach((name, archiver) -> messages(server, name, archiver, samples)));
    counter(
        list,
        "walwatch_archiver_retries_total",
        "Records that say something is tried again.",
        PushCount.RETRIES);
  }

  private static void messages(
      ServerSnapshot server, String name, ArchiverSnapshot archiver, Metric.Samples samples) {
    for (MessageSeverity severity : MessageSeverity.values()) {
      if (severity != MessageSeverity.INFO) {
        String label = severity.name().toLowerCase(Locale.ROOT);
        samples.value(archiver.messages().getOrDefault(severity, 0L), server.name(), name, label);
      }
    }
  }

  private static void counter(MetricList list, String name, String help, PushCount what) {
    list.perServer(
        MetricKind.COUNTER,
        name,
        LABELS,
        help,
        (server, samples) ->
            server
                .archivers()
                .forEach(
                    (archiver, state) ->
                        samples.value(
                            state.pushes().getOrDefault(what, 0L), server.name(), archiver)));
  }

  private static void gauge(
      MetricList list, String name, String help, Function<ArchiverSnapshot, OptionalDouble> value) {
    list.perServer(
        MetricKind.GAUGE,
        name,
        LABELS,
        help,
        (server, samples) ->
            server
                .archivers()
                .forEach(
                    (archiver, state) ->
                        value
                            .apply(state)
                            .ifPresent(known -> samples.value(known, server.name(), archiver))));
  }

  private static void fetch(MetricList list, String name, String help, FetchCount what) {
    list.perServer(
        MetricKind.COUNTER,
        name,
        List.of("server", "archiver", "action"),
        help,
        (server, samples) ->
            server
                .archivers()
                .forEach(
                    (archiver, state) ->
                        state
                            .fetches()
                            .forEach(
                                (action, counts) ->
                                    samples.value(
                                        counts.getOrDefault(what, 0L),
                                        server.name(),
                                        archiver,
                                        label(action)))));
  }

  private static String label(FetchAction action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  private static OptionalDouble seconds(OptionalLong millis) {
    return millis.isPresent()
        ? OptionalDouble.of(millis.getAsLong() / 1e3)
        : OptionalDouble.empty();
  }
}
