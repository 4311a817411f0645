/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference in the README, and the names that people rely on. */
final class MetricReferenceTest {
  private static final Path ROOT = Path.of(System.getProperty("walwatch.root", ".."));

  @Test
  void shouldStandInTheReadmeAsTheCodeHasIt() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));

    assertThat(readme)
        .as("README.md, between the marks of the metric reference")
        .contains(
            "<!-- metrics: begin -->\n"
                + MetricReference.markdown(MetricCatalogue.all())
                + "<!-- metrics: end -->");
  }

  @Test
  void shouldKeepEveryNameTypeAndLabelOfTheContract() throws IOException {
    List<String> contract =
        Files.readAllLines(
            ROOT.resolve("agent/src/test/resources/io/walwatch/agent/metrics/contract.txt"));

    assertThat(
            MetricCatalogue.all().stream()
                .map(
                    metric ->
                        metric.name()
                            + " "
                            + metric.kind().label()
                            + " "
                            + String.join(",", metric.labels())))
        .map(String::strip)
        .containsAll(
            contract.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(String::strip)
                .toList());
  }

  @Test
  void shouldGiveNoMetricTwice() {
    assertThat(MetricCatalogue.all()).extracting(Metric::name).doesNotHaveDuplicates();
  }
}
