/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.walwatch.agent.state.Snapshot;
import java.util.List;

/**
 * Snapshots as Prometheus text. One scrape shows one snapshot, whole: scrapes wait for each other.
 * Safe for use by several threads.
 */
public final class PrometheusExposition {
  /** Content type of the Prometheus text format. */
  public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** Content type of OpenMetrics. */
  public static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final MeterTable meters;
  private final HistogramTable histograms = new HistogramTable();
  private final List<Metric> catalogue;
  private final PrometheusRegistry prometheus = new PrometheusRegistry();

  /** Shows snapshots only; what there is to know of this process see {@link #withProcess}. */
  public PrometheusExposition(List<Metric> catalogue) {
    this.catalogue = List.copyOf(catalogue);
    this.registry = new PrometheusMeterRegistry(key -> null, prometheus, Clock.SYSTEM);
    this.meters = new MeterTable(registry);
    prometheus.register(histograms);
  }

  /** Adds {@code process_*} and {@code jvm_*}: of use where this process is what is scraped. */
  public PrometheusExposition withProcess() {
    ProcessMetrics.builder().register(prometheus);
    JvmMemoryMetrics.builder().register(prometheus);
    JvmGarbageCollectorMetrics.builder().register(prometheus);
    JvmThreadsMetrics.builder().register(prometheus);
    return this;
  }

  /**
   * The text of one scrape.
   *
   * @param contentType {@link #TEXT} or {@link #OPEN_METRICS}
   */
  public synchronized String scrape(Snapshot snapshot, String contentType) {
    meters.begin();
    histograms.begin();
    for (Metric metric : catalogue) {
      switch (metric.kind()) {
        case GAUGE, COUNTER -> metric.reader().read(snapshot, meters.samplesOf(metric));
        case HISTOGRAM -> metric.reader().read(snapshot, histograms.samplesOf(metric));
      }
    }
    meters.dropUnseen();
    histograms.flip();
    return registry.scrape(contentType);
  }
}
