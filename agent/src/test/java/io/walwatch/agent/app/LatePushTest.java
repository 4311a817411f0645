/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.archive.QueueMemory;
import io.walwatch.agent.archive.StatusDirectory;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerState;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.Origin;
import io.walwatch.parse.WalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log tells of a segment reaches the queue of its server, however late. */
final class LatePushTest {
  private static final long SEGMENT_BYTES = 16 << 20;

  @TempDir private Path status;
  private final TestClock clock = new TestClock();
  private final AgentState state = new AgentState(clock);

  @Test
  void shouldMoveOnOverASkippedSegmentOnceItsPushIsRead() throws IOException {
    for (int number = 1; number <= 3; number++) {
      Files.createFile(status.resolve(name(number) + ".ready"));
    }
    ArchiveQueue queue = watchedQueue();
    read(PushState.SKIP, 2);
    for (int number = 1; number <= 3; number++) {
      Files.move(status.resolve(name(number) + ".ready"), status.resolve(name(number) + ".done"));
    }
    clock.advanceMillis(60_000);
    queue.tick();
    assertThat(queue.status().contiguousPosition()).hasValue(2 * SEGMENT_BYTES);

    read(PushState.COMPLETE, 2);
    assertThat(queue.status().contiguousPosition()).hasValue(4 * SEGMENT_BYTES);
  }

  private ArchiveQueue watchedQueue() {
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
            new GoneProcesses(status, clock),
            Optional.empty());
    assertThat(watched.tick()).isTrue();
    return queue;
  }

  private void read(PushState pushState, int number) {
    WalFile file = Objects.requireNonNull(WalFile.parse(name(number)));
    LogEvent push = new LogEvent.Push(clock.instant(), "wal-e", pushState, file, 7L, null, null);
    state.sink("log", "main").event(push, new Origin("wal-e", 0, number));
  }

  private static String name(int number) {
    return "00000001000000000000000" + number;
  }
}
