/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.agent.state.AgentSnapshot;
import io.walwatch.agent.state.HistogramSnapshot;
import io.walwatch.agent.state.JobsSnapshot;
import io.walwatch.agent.state.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a scrape shows. */
final class PrometheusExpositionTest {
  private static final Snapshot NOTHING =
      new Snapshot(List.of(), List.of(), List.of(), JobsSnapshot.NONE, AgentSnapshot.NONE);

  private boolean known = true;
  private boolean failing;

  private final PrometheusExposition exposition =
      new PrometheusExposition(
          List.of(
              new Metric(
                  "walwatch_things_total",
                  MetricKind.COUNTER,
                  List.of("server"),
                  "Things.",
                  (snapshot, samples) -> samples.value(3, "main")),
              new Metric(
                  "walwatch_thing_info",
                  MetricKind.GAUGE,
                  List.of("version"),
                  "A thing.",
                  (snapshot, samples) -> samples.value(1, "15")),
              new Metric(
                  "walwatch_thing_timestamp_seconds",
                  MetricKind.GAUGE,
                  List.of(),
                  "When.",
                  (snapshot, samples) -> {
                    if (known) {
                      samples.value(1.5);
                    }
                  }),
              new Metric(
                  "walwatch_thing_duration_seconds",
                  MetricKind.HISTOGRAM,
                  List.of("server"),
                  "How long.",
                  (snapshot, samples) ->
                      samples.histogram(
                          new HistogramSnapshot(List.of(0.5, 1.0), List.of(2L, 0L, 1L), 9.5),
                          "main")),
              new Metric(
                  "walwatch_last_things_total",
                  MetricKind.COUNTER,
                  List.of(),
                  "Things.",
                  (snapshot, samples) -> {
                    if (failing) {
                      throw new OutOfMemoryError("of one scrape");
                    }
                  })));

  @Test
  void shouldNameMetricsExactlyAsTheCatalogueDoes() {
    assertThat(exposition.scrape(NOTHING, PrometheusExposition.TEXT))
        .contains("walwatch_things_total{server=\"main\"} 3.0\n")
        .contains("walwatch_thing_info{version=\"15\"} 1\n")
        .contains("walwatch_thing_timestamp_seconds 1.5\n");
  }

  @Test
  void shouldShowHistogramsWithoutAMaximum() {
    assertThat(exposition.scrape(NOTHING, PrometheusExposition.TEXT))
        .contains("walwatch_thing_duration_seconds_bucket{server=\"main\",le=\"0.5\"} 2\n")
        .contains("walwatch_thing_duration_seconds_bucket{server=\"main\",le=\"+Inf\"} 3\n")
        .contains("walwatch_thing_duration_seconds_sum{server=\"main\"} 9.5\n")
        .contains("walwatch_thing_duration_seconds_count{server=\"main\"} 3\n")
        .doesNotContain("walwatch_thing_duration_seconds_max")
        .doesNotContain("_created");
  }

  @Test
  void shouldDropASeriesWhoseValueIsNoLongerKnown() {
    exposition.scrape(NOTHING, PrometheusExposition.TEXT);
    known = false;

    assertThat(exposition.scrape(NOTHING, PrometheusExposition.TEXT))
        .doesNotContain("walwatch_thing_timestamp_seconds");
  }

  @Test
  void shouldShowTheNextSnapshotWholeAfterAScrapeThatFailed() {
    failing = true;
    assertThatThrownBy(() -> exposition.scrape(NOTHING, PrometheusExposition.TEXT))
        .isInstanceOf(OutOfMemoryError.class);
    failing = false;
    known = false;

    assertThat(exposition.scrape(NOTHING, PrometheusExposition.TEXT))
        .contains("walwatch_thing_duration_seconds_count{server=\"main\"} 3\n")
        .doesNotContain("walwatch_thing_timestamp_seconds");
  }

  @Test
  void shouldSpeakOpenMetricsOnRequest() {
    assertThat(exposition.scrape(NOTHING, PrometheusExposition.OPEN_METRICS))
        .contains("# TYPE walwatch_things counter\n")
        .contains("walwatch_things_total{server=\"main\"} 3.0\n")
        .contains("walwatch_thing_info{version=\"15\"} 1\n")
        .endsWith("# EOF\n");
  }

  @Test
  void shouldShowTheProcessAndTheJvm() {
    exposition.withProcess();
    assertThat(exposition.scrape(NOTHING, PrometheusExposition.TEXT))
        .contains("process_resident_memory_bytes ")
        .contains("process_start_time_seconds ")
        .contains("jvm_memory_used_bytes{");
  }

  /**
   * node_exporter, which serves the text file of {@code once}, has series of these names itself.
   */
  @Test
  void shouldShowNothingOfTheProcessUnlessAsked() {
    assertThat(exposition.scrape(NOTHING, PrometheusExposition.TEXT))
        .doesNotContain("process_")
        .doesNotContain("jvm_");
  }
}
