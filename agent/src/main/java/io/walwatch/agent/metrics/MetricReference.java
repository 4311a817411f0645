/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import java.util.List;

/** The reference of all metrics, for people. */
public final class MetricReference {
  private MetricReference() {}

  /** A Markdown table, one row for each metric, in the order of the catalogue. */
  public static String markdown(List<Metric> catalogue) {
    StringBuilder table = new StringBuilder();
    table.append("| metric | type | labels | meaning |\n| --- | --- | --- | --- |\n");
    for (Metric metric : catalogue) {
      table.append("| `").append(metric.name()).append("` | ").append(metric.kind().label());
      table.append(" | ").append(String.join(", ", metric.labels())).append(" | ");
      table.append(metric.help()).append(" |\n");
    }
    return table.toString();
  }
}
