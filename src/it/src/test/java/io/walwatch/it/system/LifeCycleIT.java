/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static io.walwatch.it.system.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.CommandResult;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.writer.PushRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/** Start, stop, crash: what was counted stays counted, once. */
class LifeCycleIT {
  private static final String STARTED = "walwatch_push_started_total";
  private static final String EXPECTED_SECONDS = "walwatch_job_expected_interval_seconds";
  private static final String RELOADED = "walwatch_config_last_reload_successful";
  private static final String COMPLETED = "walwatch_push_completed_total";

  @Test
  void shouldStopWithinTwoSecondsOfSigterm() throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      fixture.append(PushRecords.begin(1));
      try (AgentProcess agent = fixture.serve()) {
        awaitCount(agent, STARTED, 1);
        Duration took = agent.stop(Duration.ofSeconds(10));
        assertThat(took).isBetween(Duration.ZERO, Duration.ofSeconds(2));
      }
    }
  }

  @Test
  void shouldGoOnWithItsCountersAfterACleanStop() throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      fixture.append(PushRecords.begin(1) + PushRecords.complete(1));
      try (AgentProcess agent = fixture.serve()) {
        awaitCount(agent, COMPLETED, 1);
        assertThat(agent.stop(Duration.ofSeconds(10))).isPositive();
      }
      fixture.append(PushRecords.begin(2) + PushRecords.complete(2));
      try (AgentProcess agent = fixture.serve()) {
        awaitCount(agent, COMPLETED, 2);
        assertThat(agent.scrape().sum(STARTED)).isEqualTo(2);
      }
    }
  }

  @Test
  void shouldGoOnWithItsCountersAfterKillMinusNine() throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      fixture.append(PushRecords.begin(1) + PushRecords.complete(1));
      try (AgentProcess agent = fixture.serve()) {
        awaitCount(agent, COMPLETED, 1);
        agent.kill();
      }
      fixture.append(PushRecords.begin(2) + PushRecords.complete(2) + PushRecords.begin(3));
      try (AgentProcess agent = fixture.serve()) {
        awaitCount(agent, STARTED, 3);
        assertThat(agent.scrape().sum(COMPLETED)).isEqualTo(2);
        // Its record is old: the push that never ended is in flight no more, but given up.
        await()
            .untilAsserted(
                () -> assertThat(agent.scrape().sum("walwatch_push_abandoned_total")).isEqualTo(1));
      }
    }
  }

  @Test
  void shouldReadItsConfigurationAnewOnSighupAndKeepTheOldOneWhereItIsBroken() throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      Path config = fixture.root().resolve("walwatch.yml");
      Files.writeString(config, "jobs: [ { name: base, every: 24h } ]\n");
      fixture.append(PushRecords.begin(1));
      try (AgentProcess agent = fixture.serve("--config", config.toString())) {
        awaitCount(agent, STARTED, 1);

        Files.writeString(config, "jobs: [ { name: base, every: 12h } ]\n");
        agent.hangUp();
        awaitCount(agent, EXPECTED_SECONDS, 43_200);

        Files.writeString(config, "jobz: [ { name: base, every: 6h } ]\n");
        agent.hangUp();
        awaitCount(agent, RELOADED, 0);
        assertThat(agent.errors()).anyMatch(line -> line.contains("did you mean \"jobs\""));
        assertThat(agent.scrape().sum(EXPECTED_SECONDS)).isEqualTo(43_200);

        fixture.append(PushRecords.begin(2));
        awaitCount(agent, STARTED, 2);
      }
    }
  }

  @Test
  void shouldRefuseAStateDirectoryThatAnotherAgentHolds() throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      fixture.append(PushRecords.begin(1));
      try (AgentProcess first = fixture.serve()) {
        awaitCount(first, STARTED, 1);
        CommandResult second =
            Launcher.packed()
                .run(
                    "serve",
                    "--listen",
                    "127.0.0.1:0",
                    "--log",
                    fixture.log().toString(),
                    "--state-dir",
                    fixture.state());
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.problems()).hasSize(1);
        assertThat(second.problems().get(0)).contains(fixture.state());
        assertThat(first.running()).isTrue();
      }
    }
  }

  private static void awaitCount(AgentProcess agent, String name, long count) {
    try {
      await().untilAsserted(() -> assertThat(agent.scrape().sum(name)).isEqualTo(count));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(agent.account(), e);
    }
  }
}
