/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.writer.WriterProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real writer that rotates its log, a real agent that is killed at random instants: what a scrape
 * has shown is never taken back, and in the end the counters are what was written.
 */
@Tag("crash")
class CrashIT {
  private static final int ROUNDS = Integer.getInteger("it.crash.rounds", 10);
  private static final long SEED = Long.getLong("it.crash.seed", 20261122);
  private static final int LONGEST_LIFE_MILLIS = 600;
  private static final int LONGEST_YOUTH_MILLIS = 1_500;

  private static final String STARTED = "walwatch_push_started_total";
  private static final String COMPLETED = "walwatch_push_completed_total";

  private final Random random = new Random(SEED);
  private double shown;

  @Test
  void shouldLoseNothingAndCountNothingTwiceWhenKilledAtAnyInstant() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Path log = Files.createFile(tree.root().resolve("wal-e.log"));
      Path state = tree.root().resolve("state");
      // What was rotated away before the first start is not the agent's to find.
      liveAndDie(log, state);
      try (WriterProcess writer = WriterProcess.start(tree.root())) {
        for (int round = 1; round < ROUNDS; round++) {
          if (round % 3 == 0) {
            dieYoung(log, state);
          } else {
            liveAndDie(log, state);
          }
          if (shown >= writer.written()) {
            writer.allowRotations();
          }
        }
        long written = writer.finish();
        assertThat(written).isGreaterThan(ROUNDS);
        assertThat(log.resolveSibling("wal-e.log.1")).as("a rotated log").exists();
        compare(log, state, written);
      }
    }
  }

  private void liveAndDie(Path log, Path state) throws IOException, InterruptedException {
    try (AgentProcess agent = serve(log, state)) {
      agent.address();
      look(agent);
      // Nothing can be waited for here: the instant is what is random.
      new CountDownLatch(1).await(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
      look(agent);
      agent.kill();
    }
  }

  /** Killed before it has shown anything, perhaps: while it starts, restores or looks around. */
  private void dieYoung(Path log, Path state) throws IOException, InterruptedException {
    try (AgentProcess agent = serve(log, state)) {
      new CountDownLatch(1).await(random.nextInt(LONGEST_YOUTH_MILLIS), TimeUnit.MILLISECONDS);
      agent.kill();
    }
  }

  /** Shown means kept. */
  private void look(AgentProcess agent) {
    double now = agent.scrape().sum(COMPLETED);
    assertThat(now).as("seed %d", SEED).isGreaterThanOrEqualTo(shown);
    shown = now;
  }

  private void compare(Path log, Path state, long written) throws IOException {
    try (AgentProcess agent = serve(log, state)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(agent.scrape().sum(COMPLETED))
                      .as(() -> "seed " + SEED + ": " + agent.errors() + sourceSeries(agent))
                      .isEqualTo(written));
      assertThat(agent.scrape().sum(STARTED)).isEqualTo(written);
      // Each push is a record of two lines that begins, and one that completes.
      assertThat(agent.scrape().sum("walwatch_source_events_total")).isEqualTo(2 * written);
      assertThat(agent.scrape().sum("walwatch_push_abandoned_total")).isZero();
      assertThat(agent.scrape().sum("walwatch_source_malformed_total")).isZero();
      assertThat(agent.scrape().sum("walwatch_source_duplicates_total")).isZero();
      assertThat(agent.scrape().sum("walwatch_push_repeated_total")).isZero();
      assertThat(agent.scrape().sum("walwatch_push_unmatched_total")).isZero();
      assertThat(agent.scrape().sum("walwatch_source_lost_bytes_total")).isZero();
    }
  }

  private static String sourceSeries(AgentProcess agent) {
    return agent
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("walwatch_source_"))
        .collect(Collectors.joining("\n", "\n", "\n"));
  }

  private static AgentProcess serve(Path log, Path state) throws IOException {
    return Launcher.packed()
        .serve("--log", "main=" + log, "--state-dir", state.toString(), "--from-start");
  }
}
