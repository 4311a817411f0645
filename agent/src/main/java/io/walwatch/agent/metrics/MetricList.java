/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.walwatch.agent.metrics.Metric.Reader;
import io.walwatch.agent.metrics.Metric.Samples;
import io.walwatch.agent.state.ServerSnapshot;
import io.walwatch.agent.state.SourceSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Collects the definitions of one family of metrics. */
final class MetricList {
  private final List<Metric> metrics = new ArrayList<>();

  /** Reads the samples of one server. */
  interface ServerReader {
    void read(ServerSnapshot server, Samples samples);
  }

  /** Reads the samples of one source. */
  interface SourceReader {
    void read(SourceSnapshot source, Samples samples);
  }

  List<Metric> toList() {
    return List.copyOf(metrics);
  }

  MetricList add(MetricKind kind, String name, List<String> labels, String help, Reader reader) {
    metrics.add(new Metric(name, kind, labels, help, reader));
    return this;
  }

  MetricList perServer(
      MetricKind kind, String name, List<String> labels, String help, ServerReader reader) {
    return add(
        kind,
        name,
        labels,
        help,
        (snapshot, samples) -> snapshot.servers().forEach(server -> reader.read(server, samples)));
  }

  MetricList perSource(
      MetricKind kind, String name, List<String> labels, String help, SourceReader reader) {
    return add(
        kind,
        name,
        labels,
        help,
        (snapshot, samples) -> snapshot.sources().forEach(source -> reader.read(source, samples)));
  }

  /** A counter with the label {@code server}. */
  MetricList serverCounter(String name, String help, ToLongFunction<ServerSnapshot> value) {
    return perServer(
        MetricKind.COUNTER,
        name,
        List.of("server"),
        help,
        (server, samples) -> samples.value(value.applyAsLong(server), server.name()));
  }

  /** A gauge with the label {@code server}, absent while its value is not known. */
  MetricList serverGauge(String name, String help, Function<ServerSnapshot, OptionalLong> value) {
    return perServer(
        MetricKind.GAUGE,
        name,
        List.of("server"),
        help,
        (server, samples) ->
            value.apply(server).ifPresent(known -> samples.value(known, server.name())));
  }

  /** As {@link #serverGauge}, of a point in time in milliseconds. */
  MetricList serverTime(String name, String help, Function<ServerSnapshot, OptionalLong> millis) {
    return perServer(
        MetricKind.GAUGE,
        name,
        List.of("server"),
        help,
        (server, samples) ->
            millis.apply(server).ifPresent(known -> samples.value(known / 1e3, server.name())));
  }
}
