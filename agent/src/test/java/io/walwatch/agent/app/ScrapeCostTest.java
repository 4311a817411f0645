/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.archive.QueueMemory;
import io.walwatch.agent.archive.StatusDirectory;
import io.walwatch.agent.metrics.MetricCatalogue;
import io.walwatch.agent.metrics.PrometheusExposition;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerState;
import io.walwatch.agent.state.Snapshot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scrape costs beside a long queue: as much as beside a short one. */
final class ScrapeCostTest {
  private static final int WARM_UP_SCRAPES = 30;
  private static final int SCRAPES = 20;
  private static final int LONG = 20_000;

  /** A byte for each file would double what a scrape allocates. */
  private static final double TOLERANCE = 1.05;

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void shouldNotGrowWithTheBacklog() throws IOException {
    LongSupplier shortQueue = scrapes(snapshot("short", 10));
    LongSupplier longQueue = scrapes(snapshot("long", LONG));
    assertThat(shortQueue.getAsLong()).isPositive();
    assertThat(longQueue.getAsLong()).isPositive();

    assertThat((double) longQueue.getAsLong()).isLessThan(shortQueue.getAsLong() * TOLERANCE);
  }

  private Snapshot snapshot(String name, int files) throws IOException {
    Path status = Files.createDirectories(directory.resolve(name).resolve("archive_status"));
    for (int i = 0; i < files; i++) {
      Files.createFile(
          status.resolve(String.format(Locale.ROOT, "00000001%08X%08X.ready", i / 256, i % 256)));
    }
    AgentState state = new AgentState(clock);
    ServerState server = state.server("main");
    ArchiveQueue queue =
        new ArchiveQueue(
            StatusDirectory.at(status),
            server.queueEvents(),
            new NobodyWatches(),
            clock,
            QueueMemory.NEW);
    WatchedServer watched =
        new WatchedServer(
            server,
            Optional.empty(),
            Optional.of(queue),
            List.of(),
            new GoneProcesses(directory, clock),
            Optional.empty());
    watched.tick();
    Snapshot snapshot =
        state.publish(
            any -> watched.facts(clock.millis()),
            any -> {
              throw new IllegalStateException("there is no source");
            },
            AgentFacts.NONE);
    assertThat(queue.status().readySegments()).isEqualTo(files);
    return snapshot;
  }

  /** Scrapes often, and says how many bytes the last ones took from the heap. */
  private LongSupplier scrapes(Snapshot snapshot) {
    PrometheusExposition exposition = new PrometheusExposition(MetricCatalogue.all());
    return () -> {
      for (int i = 0; i < WARM_UP_SCRAPES; i++) {
        exposition.scrape(snapshot, PrometheusExposition.TEXT);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < SCRAPES; i++) {
        exposition.scrape(snapshot, PrometheusExposition.TEXT);
      }
      return (threads.getCurrentThreadAllocatedBytes() - before) / SCRAPES;
    };
  }
}
