/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.agent.inventory.ListingException;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerFacts;
import io.walwatch.agent.state.SourceFacts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whose backups a set holds, so that a rule can set its store against that server's queue. */
final class BackupServerTest {
  private static final String SERIES = "walwatch_backup_server_info{";

  private final AgentState state = new AgentState(InstantSource.system());

  @Test
  void shouldBeThoseOfTheOnlyServer() {
    state.server("15/main");
    set(Optional.empty());

    assertThat(shown())
        .contains(SERIES + "backup=\"base\",provider=\"s3\",server=\"15/main\"} 1\n");
  }

  @Test
  void shouldBeThoseOfTheServerThatIsNamed() {
    state.server("15/main");
    state.server("15/other");
    set(Optional.of("15/other"));

    assertThat(shown())
        .contains(SERIES + "backup=\"base\",provider=\"s3\",server=\"15/other\"} 1\n")
        .doesNotContain("provider=\"s3\",server=\"15/main\"");
  }

  @Test
  void shouldNotBeGuessedOfSeveralServers() {
    state.server("15/main");
    state.server("15/other");
    set(Optional.empty());

    assertThat(shown()).doesNotContain(SERIES);
  }

  private String shown() {
    return new PrometheusExposition(MetricCatalogue.all())
        .scrape(
            state.publish(
                server -> ServerFacts.NONE, source -> new SourceFacts("", 0, 0), AgentFacts.NONE),
            PrometheusExposition.TEXT);
  }

  private void set(Optional<String> server) {
    state.backups(
        new BackupSet(
            "base",
            "s3",
            Duration.ofMinutes(15),
            () -> {
              throw new ListingException("not asked");
            },
            false,
            server,
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty()));
  }
}
