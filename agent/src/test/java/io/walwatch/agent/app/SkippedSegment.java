/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.archive.QueueMemory;
import io.walwatch.agent.archive.StatusDirectory;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerState;
import io.walwatch.parse.WalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A server whose segments 1 to 3 were handed over, the second by a skip. */
final class SkippedSegment {
  static final long SEGMENT_BYTES = 16 << 20;

  private SkippedSegment() {}

  static WatchedServer server(String name, Path wal, TestClock clock) throws IOException {
    Path status = Files.createDirectories(wal.resolve("pg_wal/archive_status"));
    for (int i = 1; i <= 3; i++) {
      Files.createFile(status.resolve("00000001000000000000000" + i + ".ready"));
    }
    WatchedServer server = server(name, wal, clock, QueueMemory.NEW);
    ArchiveQueue queue = server.queue().orElseThrow();
    queue.tick();
    queue.skipped(Objects.requireNonNull(WalFile.parse("000000010000000000000002")));
    for (int i = 1; i <= 3; i++) {
      Path ready = status.resolve("00000001000000000000000" + i + ".ready");
      Files.move(ready, status.resolve("00000001000000000000000" + i + ".done"));
    }
    clock.advanceMillis(120_000);
    queue.tick();
    return server;
  }

  /** The same after a restart, not looked at yet. */
  static WatchedServer server(String name, Path wal, TestClock clock, QueueMemory memory) {
    ServerState state = new AgentState(clock).server(name);
    ArchiveQueue queue =
        new ArchiveQueue(
            StatusDirectory.at(wal.resolve("pg_wal/archive_status")),
            state.queueEvents(),
            new NobodyWatches(),
            clock,
            memory);
    return new WatchedServer(
        state,
        Optional.empty(),
        Optional.of(queue),
        List.of(),
        new GoneProcesses(wal, clock),
        Optional.empty());
  }
}
