/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The highest rates seen on a real server, told by the system's own watch service: 2,500 events a
 * second, 500 within 100 ms, 2,000 deletions by one checkpoint. A move is two events; the JDK drops
 * all of a directory's events when more than 512 are unread.
 */
class BurstsTest {
  private static final int MOVES_PER_BURST = 250;
  private static final int TOO_MANY_MOVES = 1_000;

  @TempDir Path root;
  private final List<String> moved = new ArrayList<>();

  private void waiting(int segments) throws IOException {
    for (int i = 1; i <= segments; i++) {
      Path ready = Files.createFile(root.resolve(segment(i) + ".ready"));
      long made = Files.getLastModifiedTime(ready).toMillis();
      Files.setLastModifiedTime(ready, FileTime.fromMillis(made - 1_000));
    }
  }

  /** As the archiver does, the lowest first. */
  private void move(int segments) throws IOException {
    for (int i = 0; i < segments; i++) {
      String name = segment(moved.size() + 1);
      Files.move(root.resolve(name + ".ready"), root.resolve(name + ".done"));
      moved.add(name);
    }
  }

  private void checkpoint(int first, int last) throws IOException {
    for (int i = first; i <= last; i++) {
      Files.delete(root.resolve(segment(i) + ".done"));
    }
  }

  private void assertAllCounted(WatchedDirectory watched) {
    assertThat(watched.journal.archived).containsExactlyInAnyOrderElementsOf(moved);
    assertThat(watched.journal.vanished).isEmpty();
    assertThat(watched.journal.unobserved).isEmpty();
    assertThat(watched.journal.received).isEmpty();
    assertThat(watched.queue.status().gapSegments()).hasValue(0);
    assertThat(watched.queue.status().lastArchivedPosition())
        .isEqualTo(WalGeometry.DEFAULT.endOf(moved.get(moved.size() - 1)));
    assertThat(watched.queue.status().contiguousPosition())
        .isEqualTo(watched.queue.status().lastArchivedPosition());
  }

  @Test
  void shouldCountEachMoveOfABurstThatFitsWithoutAListing() throws Exception {
    waiting(10 * MOVES_PER_BURST);
    try (WatchedDirectory watched = new WatchedDirectory(root)) {
      watched.queue.tick();
      for (int burst = 0; burst < 10; burst++) {
        move(MOVES_PER_BURST);
        watched.drain();
      }
      assertThat(watched.journal.overflows).isZero();
      assertAllCounted(watched);
    }
  }

  @Test
  void shouldCountEachMoveOnceThoughItsEventsWereDropped() throws Exception {
    waiting(3 * TOO_MANY_MOVES);
    try (WatchedDirectory watched = new WatchedDirectory(root)) {
      watched.queue.tick();
      for (int burst = 0; burst < 3; burst++) {
        move(TOO_MANY_MOVES);
        watched.drain();
        watched.settle();
      }
      assertThat(watched.journal.overflows).isPositive();
      assertAllCounted(watched);
    }
  }

  @Test
  void shouldNotTakeACheckpointsDeletionsForLosses() throws Exception {
    waiting(2_500);
    try (WatchedDirectory watched = new WatchedDirectory(root)) {
      watched.queue.tick();
      for (int burst = 0; burst < 8; burst++) {
        move(MOVES_PER_BURST);
        watched.drain();
      }
      checkpoint(1, 2_000);
      move(TOO_MANY_MOVES / 2);
      watched.drain();
      watched.settle();
      assertThat(watched.journal.overflows).isPositive();
      assertAllCounted(watched);
      assertThat(watched.queue.status().doneFiles()).isEqualTo(TOO_MANY_MOVES / 2);
    }
  }

  /** The archiver and a checkpoint within one interval whose events are dropped. */
  @Test
  void shouldCallNothingALossThatWasArchivedAndRemovedUnseen() throws Exception {
    waiting(2_500);
    try (WatchedDirectory watched = new WatchedDirectory(root)) {
      watched.queue.tick();
      move(2_000);
      checkpoint(1, 1_500);
      watched.drain();
      watched.settle();
      assertThat(watched.journal.overflows).isPositive();
      assertThat(watched.journal.archived).doesNotHaveDuplicates();
      assertThat(watched.journal.archived).containsAll(moved.subList(1_500, 2_000));
      List<String> left = new ArrayList<>(watched.journal.archived);
      left.addAll(watched.journal.unobserved);
      assertThat(left).containsExactlyInAnyOrderElementsOf(moved);
      assertThat(watched.journal.vanished).isEmpty();
      assertThat(watched.journal.orphaned).isEmpty();
      assertThat(watched.journal.received).isEmpty();
      assertThat(watched.queue.status().contiguousPosition())
          .isEqualTo(WalGeometry.DEFAULT.endOf(segment(2_000)));
      assertThat(watched.queue.status().readySegments()).isEqualTo(500);
    }
  }

  /**
   * A writer with a rhythm of its own beside the loop; how fast either really is does not matter.
   */
  @Test
  void shouldKeepUpWithTwoThousandFiveHundredEventsASecond() throws Exception {
    int bursts = 16;
    waiting(bursts * MOVES_PER_BURST);
    ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    try (WatchedDirectory watched = new WatchedDirectory(root)) {
      watched.queue.tick();
      CountDownLatch left = new CountDownLatch(bursts);
      Future<?> writing =
          writer.scheduleAtFixedRate(() -> burst(left), 0, 200, TimeUnit.MILLISECONDS);
      while (left.getCount() > 0) {
        assertThat(writing.isDone()).as("a burst failed").isFalse();
        watched.turn();
      }
      writer.shutdownNow();
      assertThat(writer.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      watched.drain();
      watched.settle();
      assertThat(moved).hasSize(bursts * MOVES_PER_BURST);
      assertAllCounted(watched);
    } finally {
      writer.shutdownNow();
    }
  }

  private void burst(CountDownLatch left) {
    try {
      if (left.getCount() > 0) {
        move(MOVES_PER_BURST);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      left.countDown();
    }
  }
}
