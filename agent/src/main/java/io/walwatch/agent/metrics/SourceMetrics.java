/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.walwatch.agent.state.ParserCount;
import io.walwatch.agent.state.SourceCount;
import io.walwatch.agent.state.SourceSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** How well the agent reads its logs. */
final class SourceMetrics {
  private static final List<String> SOURCE = List.of("source");

  private static final Map<String, SourceCount> LIMITS =
      new TreeMap<>(
          Map.of(
              "connections", SourceCount.CLOSED_CONNECTIONS,
              "files", SourceCount.RELEASED_FILES,
              "memories", SourceCount.FORGOTTEN_MEMORIES,
              "paths", SourceCount.FORGOTTEN_PATHS,
              "pipelines", SourceCount.RESTED_PIPELINES));

  private SourceMetrics() {}

  static List<Metric> all() {
    MetricList list = new MetricList();
    counter(list, "walwatch_source_bytes_total", "Bytes read.", SourceCount.BYTES);
    counter(list, "walwatch_source_lines_total", "Lines read.", SourceCount.LINES);
    parser(list, "walwatch_source_events_total", "Records recognised.", ParserCount.EVENTS);
    parser(
        list,
        "walwatch_source_malformed_total",
        "Text that began like a record and did not parse.",
        ParserCount.MALFORMED);
    parser(
        list,
        "walwatch_source_forged_total",
        "Text with the right words from the wrong writer.",
        ParserCount.FORGED);
    parser(
        list,
        "walwatch_source_parser_faults_total",
        "Times a parser threw and was switched off for one file: a fault of a plug-in.",
        ParserCount.FAULTS);
    counter(
        list,
        "walwatch_source_duplicates_total",
        "Records that had come another way before.",
        SourceCount.DUPLICATES);
    counter(
        list,
        "walwatch_source_untimed_total",
        "Records whose time could not be told without guessing.",
        SourceCount.UNTIMED);
    gauge(
        list,
        "walwatch_source_lag_bytes",
        "Bytes written and not yet read, over all generations.",
        source -> source.facts().lagBytes());
    gauge(
        list,
        "walwatch_source_files",
        "Files that are followed, open or let go until they grow; 0 says that the path is wrong or"
            + " unreadable.",
        source -> source.facts().openFiles());
    list.perSource(
        MetricKind.GAUGE,
        "walwatch_source_last_event_timestamp_seconds",
        SOURCE,
        "Time in the newest record that was recognised.",
        (source, samples) ->
            source
                .lastEventMillis()
                .ifPresent(millis -> samples.value(millis / 1e3, source.name())));
    trouble(list);
    limits(list);
    return list.toList();
  }

  private static void trouble(MetricList list) {
    counter(
        list,
        "walwatch_source_rotations_total",
        "Times the path led to another file.",
        SourceCount.ROTATIONS);
    counter(
        list,
        "walwatch_source_truncations_total",
        "Times a file lost bytes in place.",
        SourceCount.TRUNCATIONS);
    counter(
        list,
        "walwatch_source_io_errors_total",
        "Times something could not be read.",
        SourceCount.IO_ERRORS);
    counter(
        list,
        "walwatch_source_long_lines_total",
        "Lines above the limit that were cut.",
        SourceCount.LONG_LINES);
    counter(
        list,
        "walwatch_source_lost_bytes_total",
        "Bytes known to have existed that were never read.",
        SourceCount.LOST_BYTES);
  }

  /** What limits do without, each time. */
  private static void limits(MetricList list) {
    counter(
        list,
        "walwatch_source_dropped_datagrams_total",
        "Syslog datagrams that the kernel dropped, since its buffer was full.",
        SourceCount.DROPPED_DATAGRAMS);
    list.perSource(
        MetricKind.COUNTER,
        "walwatch_source_limited_total",
        List.of("source", "limit"),
        "Times a limit was reached: idle senders closed to let others in (connections), rotated and"
            + " deleted files let go for others while somebody may still write to them (files),"
            + " paths forgotten and looked at anew (paths), parsers of quiet files let go and made"
            + " anew (pipelines), logs whose unfinished business was forgotten (memories).",
        (source, samples) ->
            LIMITS.forEach(
                (limit, count) ->
                    samples.value(source.counts().getOrDefault(count, 0L), source.name(), limit)));
  }

  private static void counter(MetricList list, String name, String help, SourceCount what) {
    list.perSource(
        MetricKind.COUNTER,
        name,
        SOURCE,
        help,
        (source, samples) -> samples.value(source.counts().getOrDefault(what, 0L), source.name()));
  }

  private static void gauge(
      MetricList list, String name, String help, ToDoubleFunction<SourceSnapshot> value) {
    list.perSource(
        MetricKind.GAUGE,
        name,
        SOURCE,
        help,
        (source, samples) -> samples.value(value.applyAsDouble(source), source.name()));
  }

  private static void parser(MetricList list, String name, String help, ParserCount what) {
    list.perSource(
        MetricKind.COUNTER,
        name,
        List.of("source", "parser"),
        help,
        (source, samples) ->
            source
                .parsers()
                .forEach(
                    (parser, counts) ->
                        samples.value(counts.getOrDefault(what, 0L), source.name(), parser)));
  }
}
