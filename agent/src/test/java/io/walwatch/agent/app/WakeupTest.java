/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.archive.QueueMemory;
import io.walwatch.agent.archive.StatusDirectory;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerState;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop's sleep, with and without the system's help. */
@Timeout(60)
final class WakeupTest {
  /** What the JDK says when inotify_init gives EMFILE (LinuxWatchService). */
  private static final String LIMIT =
      "User limit of inotify instances reached or too many open files";

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private final ServerState state = new AgentState(clock).server("main");
  private boolean limitReached = true;
  private int opened;
  private Path status = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    status = Files.createDirectories(directory.resolve("pg_wal/archive_status"));
  }

  private WatchService open() throws IOException {
    if (limitReached) {
      throw new IOException(LIMIT);
    }
    opened++;
    return FileSystems.getDefault().newWatchService();
  }

  private ArchiveQueue queue(Wakeup wakeup) {
    return new ArchiveQueue(
        StatusDirectory.at(status),
        new SpokenQueueTrouble("main", status, state, Voice.STAYING),
        wakeup,
        clock,
        QueueMemory.NEW);
  }

  @Test
  void shouldListQueuesByTimeWhereTheSystemGivesNoWatchService() throws Exception {
    try (LogCapture said = LogCapture.open();
        Wakeup wakeup = new Wakeup(this::open)) {
      ArchiveQueue queue = queue(wakeup);
      queue.tick();
      wakeup.watchLogs(Set.of(directory));
      assertThat(wakeup.await(1)).isFalse();
      assertThat(said.lines())
          .contains(
              "WARN main: the archive queue is listed every second: "
                  + LIMIT
                  + " (raise sysctl fs.inotify.max_user_instances)");
      Files.createFile(status.resolve("000000010000000000000001.ready"));
      // A second; where listing took long, it rests in proportion.
      clock.advanceMillis(60_000);
      queue.tick();
      assertThat(queue.status().readySegments()).isEqualTo(1);
    }
  }

  @Test
  void shouldWatchAsSoonAsThereIsAWatchServiceToHave() throws Exception {
    try (Wakeup wakeup = new Wakeup(this::open)) {
      ArchiveQueue queue = queue(wakeup);
      queue.tick();
      limitReached = false;
      clock.advanceMillis(1_000);
      queue.tick();
      wakeup.watchLogs(Set.of(directory));
      Files.createFile(status.resolve("000000010000000000000001.ready"));
      while (!wakeup.await(100)) {
        assertThat(opened).isEqualTo(1);
      }
      assertThat(queue.status().readySegments()).isEqualTo(1);
    }
  }

  @Test
  void shouldBeWokenByALogDirectoryWithoutTellingAQueue() throws Exception {
    limitReached = false;
    try (Wakeup wakeup = new Wakeup(this::open)) {
      wakeup.watchLogs(Set.of(directory));
      Files.createFile(directory.resolve("a.log"));
      assertThat(wakeup.await(30_000)).isFalse();
    }
  }
}
