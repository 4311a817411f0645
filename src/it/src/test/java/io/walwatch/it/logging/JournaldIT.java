/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real journald: each entry counts once, over rotation of the journal and kill -9 of the agent.
 */
@Tag("loggers")
class JournaldIT {
  @Test
  void shouldCountEachEntryOnceOverRotationAndRestart() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it");
        Journald journald = Journald.start()) {
      await().until(journald::isReady);
      push(journald, 0, 5);
      Path config = config(tree.root());
      try (AgentProcess agent = serve(journald, config)) {
        awaitTimes(agent);
        assertThat(agent.scrape().sum("walwatch_push_completed_total")).isZero();
        push(journald, 5, 10);
        awaitPushes(agent, 5);
        journald.rotate();
        push(journald, 10, 15);
        awaitPushes(agent, 10);
        agent.kill();
      }
      push(journald, 15, 20);
      journald.rotate();
      push(journald, 20, 25);
      try (AgentProcess agent = serve(journald, config)) {
        awaitPushes(agent, 20);
        push(journald, 25, 30);
        awaitPushes(agent, 25);
      }
    }
  }

  private static AgentProcess serve(Journald journald, Path config) throws IOException {
    return journald.inside(Launcher.packed()).serve("--config", config.toString());
  }

  private static Path config(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("walwatch.yml"),
        String.format(
            Locale.ROOT,
            """
        state_directory: %s
        sources:
          - { name: journal, server: main, journal: { unit: postgresql@15-main } }
        """,
            directory.resolve("state")));
  }

  private static void push(Journald journald, int from, int to) throws Exception {
    for (int segment = from; segment < to; segment++) {
      journald.log(WaleMessages.begin(segment));
      journald.log(WaleMessages.complete(segment));
    }
  }

  /** Of what was there before only the times are taken. */
  private static void awaitTimes(AgentProcess agent) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> agent.scrape().sum("walwatch_push_last_completed_timestamp_seconds") > 0);
  }

  private static void awaitPushes(AgentProcess agent, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(agent.scrape().sum("walwatch_push_completed_total")).isEqualTo(count);
              assertThat(agent.scrape().sum("walwatch_push_started_total")).isEqualTo(count);
            });
    assertThat(agent.scrape().sum("walwatch_push_repeated_total")).isZero();
  }
}
