/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recorded traces done again as fast as the disk can, watched by the system's own service. */
class WatchedTraceTest {
  /** A burst of 250 moves is 500 events, and 512 unread ones are too many. */
  private static final int BURST = 200;

  private static final String STRESS = "postgres/stress-pg18/inotify.txt";

  /** Switched to at the clean shutdown. */
  private static final String AFTER_THEM = "000000010000000100000458";

  @TempDir Path root;

  private Path prepare(Trace trace) throws IOException {
    Path directory = Files.createDirectory(root.resolve("archive_status"));
    trace.prepare(directory);
    return directory;
  }

  @ParameterizedTest
  @MethodSource("io.walwatch.agent.archive.Truth#all")
  void shouldLoseNothingInBursts(Truth truth) throws Exception {
    Trace trace = Trace.read(truth.trace());
    try (WatchedDirectory watched = new WatchedDirectory(prepare(trace))) {
      watched.queue.server(truth.server());
      watched.queue.tick();
      for (int i = 0; i < trace.steps.size(); i++) {
        Trace.apply(trace.steps.get(i), watched.directory);
        if (i % BURST == BURST - 1) {
          watched.drain();
        }
      }
      watched.drain();
      watched.settle();
      assertThat(watched.journal.overflows).isZero();
      truth.assertTransitions(watched.journal, truth.orphans());
      truth.assertEnd(watched.queue.status());
    }
  }

  @Test
  void shouldCallNothingALossWhenEventsOverflow() throws Exception {
    Trace trace = Trace.read(STRESS);
    try (WatchedDirectory watched = new WatchedDirectory(prepare(trace))) {
      watched.queue.server(Servers.server(false, ServerStatus.ArchiveMode.ON, 1 << 20));
      watched.queue.tick();
      int count = 0;
      Set<String> there = new HashSet<>();
      for (Trace.Step step : trace.steps) {
        Trace.apply(step, watched.directory);
        if (++count % 1_000 == 0) {
          watched.drain();
          there.addAll(done(watched.directory));
        }
      }
      watched.drain();
      watched.settle();
      assertThat(watched.journal.overflows).isPositive();
      assertThat(watched.journal.vanished).isEmpty();
      assertThat(watched.journal.archived).doesNotHaveDuplicates();
      // The 5,200 that piled up were all seen waiting, so each is counted once. Of the one after
      // them nothing may be seen, or, made and renamed within one tick of the file system's clock,
      // that it is done.
      List<String> counted = new ArrayList<>(watched.journal.archived);
      counted.addAll(watched.journal.unobserved);
      counted.remove(AFTER_THEM);
      assertThat(counted).doesNotHaveDuplicates().hasSize(5_200);
      assertThat(watched.journal.received).isSubsetOf(AFTER_THEM);
      // What was there at a look was seen, whatever overflowed: not so what came and went between.
      there.removeIf(name -> trace.before.contains(name + ".done"));
      there.removeAll(watched.journal.archived);
      there.removeAll(watched.journal.received);
      assertThat(there.size()).as("there, and not archived").isLessThanOrEqualTo(1);
      assertThat(watched.queue.status().readySegments()).isZero();
      assertThat(watched.queue.status().gapSegments()).hasValue(0);
    }
  }

  /** The writer goes at full speed; the loop turns as it can. */
  @Test
  void shouldKeepUpWithAWriter() throws Exception {
    Trace trace = Trace.read(STRESS);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (WatchedDirectory watched = new WatchedDirectory(prepare(trace))) {
      watched.queue.tick();
      Future<?> writing = writer.submit(() -> applyAll(trace.steps, watched.directory));
      while (!writing.isDone()) {
        watched.turn();
      }
      writing.get();
      watched.drain();
      watched.settle();
      int seen = watched.journal.archived.size() + watched.journal.unobserved.size();
      assertThat(seen).isGreaterThan(watched.journal.overflows == 0 ? 5_200 : 0);
      assertThat(watched.journal.archived).doesNotHaveDuplicates();
      assertThat(watched.journal.vanished).isEmpty();
      assertThat(watched.queue.status().readySegments()).isZero();
    } finally {
      writer.shutdownNow();
    }
  }

  /** Names of segments that are handed over, as the disk has them. */
  private static Set<String> done(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".done"))
          .map(name -> name.substring(0, name.length() - ".done".length()))
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  private static boolean applyAll(List<Trace.Step> steps, Path directory) throws IOException {
    for (Trace.Step step : steps) {
      Trace.apply(step, directory);
    }
    return true;
  }
}
