/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.walwatch.agent.state.HistogramSnapshot;
import io.walwatch.agent.state.Snapshot;
import java.util.List;

/**
 * One metric: its name, what it means, and where its values come from. An unknown value has no
 * sample, never a zero.
 *
 * @param name the exposed name, such as {@code walwatch_source_bytes_total}
 * @param labels names of the labels, in the order of their values
 * @param help one sentence for people
 * @param reader finds the samples in a snapshot
 */
public record Metric(
    String name, MetricKind kind, List<String> labels, String help, Reader reader) {
  public Metric {
    labels = List.copyOf(labels);
  }

  /** Finds the samples of a metric in a snapshot. */
  @FunctionalInterface
  public interface Reader {
    void read(Snapshot snapshot, Samples samples);
  }

  /** Takes samples. */
  public interface Samples {
    void value(double value, String... labelValues);

    void histogram(HistogramSnapshot histogram, String... labelValues);
  }
}
