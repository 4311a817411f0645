/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.writer.WriterProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A log that rotates several times a second, one that floods, an agent that is restarted in every
 * way for a third of the time and then left alone. In its long life memory, descriptors and threads
 * stay what they are, and in the end the counters are what was written.
 */
@Tag("soak")
class SoakIT {
  private static final double MINUTES =
      Double.parseDouble(System.getProperty("it.soak.minutes", "10"));
  private static final long SECONDS = Math.round(60 * MINUTES);
  private static final long SHORT_LIFE_SECONDS = 4;
  private static final long MORE_FILES = 8;
  private static final long MORE_THREADS = 2;

  /** A heap that has not yet grown to its limit (32 MiB) is no leak. */
  private static final long MORE_MEMORY_KIB = 16 << 10;

  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void shouldTakeNoMoreOverTimeAndCountWhatWasWritten() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Path root = tree.root();
      Files.createFile(root.resolve("wal-e.log"));
      // Both logs are known before they are rotated for the first time.
      restart(root, 0);
      try (WriterProcess writer = WriterProcess.start(root);
          Flood flood = new Flood(root.resolve("flood.log"))) {
        for (long life = 1; life * SHORT_LIFE_SECONDS < SECONDS / 3; life++) {
          restart(root, life);
        }
        try (AgentProcess agent = serve(root)) {
          agent.scrape();
          String change = live(agent, SECONDS - SECONDS / 3);
          long pushes = writer.finish();
          long floodBytes = flood.finish();
          compare(agent, pushes, floodBytes);
          report(change, pushes, floodBytes);
        }
      }
    }
  }

  private void restart(Path root, long life) throws Exception {
    try (AgentProcess agent = serve(root)) {
      agent.scrape();
      pause(life == 0 ? 0 : SHORT_LIFE_SECONDS);
      if (life % 2 == 1) {
        agent.kill();
      }
    }
  }

  /** The first quarter is for warming up; then the second is compared with the last. */
  private String live(AgentProcess agent, long seconds) throws Exception {
    List<Usage> usages = new ArrayList<>();
    for (long second = 0; second < seconds; second++) {
      pause(1);
      agent.scrape();
      usages.add(Usage.of(agent.pid()));
    }
    int quarter = usages.size() / 4;
    Usage early = Usage.peak(usages.subList(quarter, 2 * quarter));
    Usage late = Usage.peak(usages.subList(3 * quarter, usages.size()));
    String change = early + " became " + late;
    assertThat(late.files()).as(change).isLessThanOrEqualTo(early.files() + MORE_FILES);
    assertThat(late.threads()).as(change).isLessThanOrEqualTo(early.threads() + MORE_THREADS);
    assertThat(late.residentKib())
        .as(change)
        .isLessThanOrEqualTo(early.residentKib() + MORE_MEMORY_KIB);
    return change;
  }

  /** What was measured, for whoever wants to know more than that it passed. */
  private static void report(String change, long pushes, long floodBytes) throws IOException {
    Path root = Path.of(System.getProperty("walwatch.root"));
    Path target = Files.createDirectories(root.resolve("src/it/target"));
    Files.writeString(
        target.resolve("soak.txt"),
        String.format(
            Locale.ROOT,
            "%.1f minutes, %d pushes, %d bytes of flood: %s%n",
            MINUTES,
            pushes,
            floodBytes,
            change));
  }

  /** There is nothing to wait for: time itself is what is tested. */
  private void pause(long seconds) throws InterruptedException {
    never.await(seconds, TimeUnit.SECONDS);
  }

  private static void compare(AgentProcess agent, long pushes, long floodBytes) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(agent.scrape().sum("walwatch_push_completed_total")).isEqualTo(pushes);
              assertThat(agent.scrape().sum("walwatch_push_started_total")).isEqualTo(pushes);
              assertThat(agent.scrape().sum("walwatch_source_bytes_total", "source=flood"))
                  .isEqualTo(floodBytes);
            });
    assertThat(pushes).isPositive();
    assertThat(agent.scrape().sum("walwatch_source_lost_bytes_total")).isZero();
    assertThat(agent.scrape().sum("walwatch_push_repeated_total")).isZero();
  }

  private static AgentProcess serve(Path root) throws IOException {
    Path config =
        Files.writeString(
            root.resolve("walwatch.yml"),
            String.format(
                Locale.ROOT,
                """
            state_directory: %1$s/state
            sources:
              - { name: wal-e, server: main, files: [%1$s/wal-e.log], parsers: [wal-e] }
              - { name: flood, server: main, files: [%1$s/flood.log], parsers: [postgres] }
            """,
                root));
    return Launcher.packed().serve("--config", config.toString(), "--from-start");
  }
}
