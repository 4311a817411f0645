/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import java.util.List;
import java.util.stream.Stream;

/** Every metric that walwatch exposes of its own, in the order of the reference. */
public final class MetricCatalogue {
  private static final List<Metric> ALL =
      Stream.of(
              QueueMetrics.all(),
              ServerMetrics.all(),
              ArchiverMetrics.all(),
              ArchiveCommandMetrics.all(),
              InventoryMetrics.all(),
              JobMetrics.all(),
              AgentMetrics.all(),
              SourceMetrics.all())
          .flatMap(List::stream)
          .toList();

  private MetricCatalogue() {}

  public static List<Metric> all() {
    return ALL;
  }
}
