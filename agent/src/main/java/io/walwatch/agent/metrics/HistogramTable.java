/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.walwatch.agent.state.HistogramSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The histograms of the last snapshot. Micrometer's own cannot be restored from a checkpoint and
 * add a {@code _max}, so these go to the Prometheus registry directly. Guarded by its owner.
 */
final class HistogramTable implements MultiCollector {
  private Map<String, io.prometheus.metrics.model.snapshots.HistogramSnapshot.Builder> next =
      new LinkedHashMap<>();
  private MetricSnapshots current = new MetricSnapshots();

  Metric.Samples samplesOf(Metric metric) {
    return new Metric.Samples() {
      @Override
      public void value(double value, String... labelValues) {
        throw new IllegalArgumentException(metric.name() + " is a histogram");
      }

      @Override
      public void histogram(HistogramSnapshot histogram, String... labelValues) {
        next.computeIfAbsent(
                metric.name(),
                name ->
                    io.prometheus.metrics.model.snapshots.HistogramSnapshot.builder()
                        .name(name)
                        .help(metric.help()))
            .dataPoint(
                HistogramDataPointSnapshot.builder()
                    .labels(Labels.of(metric.labels().toArray(new String[0]), labelValues))
                    .classicHistogramBuckets(buckets(histogram))
                    .sum(histogram.sumSeconds())
                    .build());
      }
    };
  }

  /** Begins anew: of a scrape that failed points are left, which the next one would have twice. */
  void begin() {
    next = new LinkedHashMap<>();
  }

  /** Shows what was collected since the beginning. */
  void flip() {
    MetricSnapshots.Builder builder = MetricSnapshots.builder();
    next.values().forEach(histogram -> builder.metricSnapshot(histogram.build()));
    current = builder.build();
  }

  @Override
  public MetricSnapshots collect() {
    return current;
  }

  private static ClassicHistogramBuckets buckets(HistogramSnapshot histogram) {
    ClassicHistogramBuckets.Builder builder = ClassicHistogramBuckets.builder();
    for (int i = 0; i < histogram.counts().size(); i++) {
      double bound =
          i < histogram.boundsSeconds().size()
              ? histogram.boundsSeconds().get(i)
              : Double.POSITIVE_INFINITY;
      builder.bucket(bound, histogram.counts().get(i));
    }
    return builder.build();
  }
}
