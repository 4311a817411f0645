/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.walwatch.agent.state.HistogramSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the registered meters equal to the samples of the last snapshot: a series that is not known
 * is not registered. Guarded by its owner.
 */
final class MeterTable {
  private record Key(String name, List<String> labelValues) {}

  private static final class Series {
    private final Meter meter;
    private double value;
    private boolean seen;

    Series(MeterRegistry registry, Metric metric, Tags tags) {
      this.meter =
          metric.kind() == MetricKind.COUNTER
              ? FunctionCounter.builder(meterName(metric), this, series -> series.value)
                  .description(metric.help())
                  .tags(tags)
                  .register(registry)
              : Gauge.builder(meterName(metric), this, series -> series.value)
                  .description(metric.help())
                  .tags(tags)
                  .register(registry);
    }
  }

  private final MeterRegistry registry;
  private final Map<Key, Series> table = new HashMap<>();

  MeterTable(MeterRegistry registry) {
    this.registry = registry;
  }

  Metric.Samples samplesOf(Metric metric) {
    return new Metric.Samples() {
      @Override
      public void value(double value, String... labelValues) {
        Series series =
            table.computeIfAbsent(
                new Key(metric.name(), List.of(labelValues)),
                key -> new Series(registry, metric, tags(metric, labelValues)));
        series.value = value;
        series.seen = true;
      }

      @Override
      public void histogram(HistogramSnapshot histogram, String... labelValues) {
        throw new IllegalArgumentException(metric.name() + " is no histogram");
      }
    };
  }

  /** Begins anew, whatever a scrape that failed has seen. */
  void begin() {
    table.values().forEach(series -> series.seen = false);
  }

  /** Takes away what the snapshot did not have. */
  void dropUnseen() {
    table
        .values()
        .removeIf(
            series -> {
              boolean gone = !series.seen;
              if (gone) {
                registry.remove(series.meter);
              }
              return gone;
            });
  }

  private static Tags tags(Metric metric, String... labelValues) {
    Tags tags = Tags.empty();
    for (int i = 0; i < labelValues.length; i++) {
      tags = tags.and(metric.labels().get(i), labelValues[i]);
    }
    return tags;
  }

  /**
   * Micrometer's name of a metric: dots, since its naming convention would take {@code _info} off a
   * name in snake case; without {@code _total}, which it adds to counters itself.
   */
  private static String meterName(Metric metric) {
    String name = metric.name();
    String base = name.endsWith("_total") ? name.substring(0, name.length() - 6) : name;
    return base.replace('_', '.');
  }
}
