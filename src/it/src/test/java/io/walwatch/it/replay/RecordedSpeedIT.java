/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All recorded traces at once, each as a server of its own, at the speed at which they were
 * recorded, watched by one agent through the system's own inotify: almost three minutes.
 */
@Tag("matrix")
class RecordedSpeedIT {
  private static final Path ROOT = Path.of(System.getProperty("walwatch.root", "../.."));
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void shouldCountWhatHappenedOnRealServers() throws Exception {
    List<RecordedTruth> truths = RecordedTruth.all(ROOT);
    assertThat(truths).hasSize(22);
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      List<RecordedQueue> queues = new ArrayList<>();
      List<String> options = new ArrayList<>();
      for (RecordedTruth truth : truths) {
        Path wal = tree.root().resolve(truth.server()).resolve("pg_wal");
        Path trace = ROOT.resolve("testdata").resolve(truth.trace());
        RecordedQueue queue = RecordedQueue.prepare(trace, wal, truth.segmentBytes());
        queues.add(queue);
        options.add("--archive-status");
        options.add(truth.server() + "=" + queue.directory());
      }
      options.add("--state-dir");
      options.add(tree.root().resolve("state").toString());
      try (AgentProcess agent = Launcher.packed().serve(options.toArray(String[]::new))) {
        awaitWatched(agent, truths.size());
        replay(queues);
        await()
            .atMost(LIMIT)
            .untilAsserted(() -> truths.forEach(truth -> truth.assertShownBy(agent.scrape())));
      }
    }
  }

  private static void awaitWatched(AgentProcess agent, int queues) {
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> agent.scrape().sum("walwatch_archive_scan_success") == queues);
  }

  /** One thread does all, so that what happened in an order happens in that order again. */
  private static void replay(List<RecordedQueue> queues) throws Exception {
    ScheduledExecutorService hand = Executors.newSingleThreadScheduledExecutor();
    try {
      List<Future<?>> done = new ArrayList<>();
      for (RecordedQueue queue : queues) {
        for (RecordedQueue.Step step : queue.steps()) {
          long nanos = step.at().toNanos();
          done.add(hand.schedule(() -> queue.apply(step), nanos, TimeUnit.NANOSECONDS));
        }
      }
      for (Future<?> step : done) {
        step.get();
      }
    } finally {
      hand.shutdownNow();
    }
  }
}
