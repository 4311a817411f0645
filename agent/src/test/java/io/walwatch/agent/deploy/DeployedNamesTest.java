/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No rule and no panel on a series that no agent exposes: such a rule never fires. */
final class DeployedNamesTest {
  private final Names names = Names.orFail();

  @Test
  void shouldNameOnlySeriesThatTheCodeExposesInRules() throws IOException {
    List<String> unknown = new ArrayList<>();
    for (Rule rule : DeployFiles.rules()) {
      List<String> texts = new ArrayList<>(rule.annotations().values());
      texts.add(rule.expression());
      texts.forEach(
          text -> names.unknownIn(text).forEach(name -> unknown.add(rule.name() + ": " + name)));
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void shouldFindAWrongNameAndAWrongLabel() {
    assertThat(names.unknownIn("walwatch_push_last_walg_total > 0"))
        .containsExactly("walwatch_push_last_walg_total");
    assertThat(names.unknownIn("walwatch_push_in_flight{server=\"a\", archive=\"wal-e\"}"))
        .containsExactly("walwatch_push_in_flight has no label archive");
    assertThat(names.unknownIn("sum by (instance, sever) (walwatch_push_in_flight)"))
        .containsExactly("no series has label sever");
    assertThat(names.unknownIn("rate(walwatch_push_duration_seconds[5m])")).isEmpty();
    assertThat(names.unknownIn("rate(walwatch_push_duration_seconds_bucket{le=\"1\"}[5m])"))
        .isEmpty();
    assertThat(names.unknownIn("walwatch_push_in_flight_bucket"))
        .containsExactly("walwatch_push_in_flight_bucket");
  }
}
