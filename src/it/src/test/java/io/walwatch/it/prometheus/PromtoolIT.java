/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules by Prometheus' own tool: well formed, firing, and quiet. */
@Tag("prometheus")
class PromtoolIT {
  @Test
  void shouldFindNoFaultInTheRules() throws Exception {
    assertThat(
            Tool.run(
                List.of("promtool", "check", "rules", "--lint=all", "--lint-fatal"),
                Tool.files("prometheus", ".rules.yml")))
        .containsPattern("walwatch-alerts\\.rules\\.yml\\s+SUCCESS: [1-9][0-9]* rules found")
        .containsPattern("walwatch-recording\\.rules\\.yml\\s+SUCCESS: [1-9][0-9]* rules found")
        .doesNotContain("FAILED");
  }

  @Test
  void shouldLoadTheExampleOfAConfiguration() throws Exception {
    String example = Tool.DEPLOY.resolve("prometheus/prometheus.example.yml").toString();

    assertThat(Tool.run("promtool", "check", "config", example)).contains("is valid");
  }

  @Test
  void shouldFireAndStayQuietAsTheTestsOfTheRulesSay() throws Exception {
    assertThat(
            Tool.run(List.of("promtool", "test", "rules"), Tool.files("prometheus/tests", ".yml")))
        .doesNotContain("FAILED");
  }
}
