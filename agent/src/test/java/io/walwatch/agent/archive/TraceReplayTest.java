/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded traces done again with real files, at the recorded instants by an injected clock: once
 * with every change told, once with none told and the directory listed instead.
 */
class TraceReplayTest {
  @TempDir Path root;
  private final MutableClock clock = new MutableClock();
  private final FakeWatcher watcher = new FakeWatcher();
  private final QueueJournal journal = new QueueJournal();

  private ArchiveQueue queue(Path directory, Truth truth) {
    StatusDirectory status = StatusDirectory.at(directory);
    ArchiveQueue queue =
        new ArchiveQueue(status, journal, watcher, clock, QueueMemory.NEW, () -> 0);
    queue.server(truth.server());
    return queue;
  }

  @ParameterizedTest
  @MethodSource("io.walwatch.agent.archive.Truth#all")
  void shouldCountWhatIsTold(Truth truth) throws IOException {
    Trace trace = Trace.read(truth.trace());
    Path directory = Files.createDirectory(root.resolve("archive_status"));
    trace.prepare(directory);
    ArchiveQueue queue = queue(directory, truth);
    clock.setMillis(trace.steps.get(0).at().toEpochMilli() - 1);
    queue.tick();
    for (Trace.Step step : trace.steps) {
      clock.setMillis(step.at().toEpochMilli());
      Trace.apply(step, directory);
      Trace.tell(step, watcher.listener());
      queue.tick();
    }
    settle(queue);
    truth.assertTransitions(journal, truth.orphans());
    truth.assertEnd(queue.status());
  }

  @ParameterizedTest
  @MethodSource("io.walwatch.agent.archive.Truth#small")
  void shouldCountWhatListingsShow(Truth truth) throws IOException {
    Trace trace = Trace.read(truth.trace());
    Path directory = Files.createDirectory(root.resolve("archive_status"));
    trace.prepare(directory);
    watcher.failure = new IOException("User limit of inotify watches reached");
    ArchiveQueue queue = queue(directory, truth);
    queue.tick();
    for (Trace.Step step : trace.steps) {
      Trace.apply(step, directory);
      clock.advanceMillis(1_000);
      queue.tick();
    }
    settle(queue);
    truth.assertTransitions(journal, 0);
    truth.assertEnd(queue.status());
  }

  private void settle(ArchiveQueue queue) {
    for (int i = 0; i < 3; i++) {
      clock.advanceMillis(31_000);
      queue.tick();
    }
  }
}
