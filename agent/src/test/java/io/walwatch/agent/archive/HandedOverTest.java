/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.SEGMENT_BYTES;
import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far everything was handed over, in segments of 16 MB. */
class HandedOverTest {
  @TempDir Path root;
  private QueueFixture fixture;

  @BeforeEach
  void prepare() throws IOException {
    fixture = QueueFixture.primary(root);
  }

  @Test
  void shouldKnowNoPositionBeforeAnythingWasArchived() throws IOException {
    fixture.ready(segment(5));
    QueueStatus status = fixture.queue.status();
    assertThat(status.contiguousPosition()).isEmpty();
    assertThat(status.lastArchivedPosition()).isEmpty();
    assertThat(status.gapSegments()).isEmpty();
    assertThat(status.timeline()).isEmpty();
  }

  /** WAL-E renames the extra segments itself as they finish; PostgreSQL renames the oldest last. */
  @Test
  void shouldWaitForTheOldestWhenWalERenamesTheOthersFirst() throws IOException {
    fixture.archive(1, 1);
    for (int i = 2; i <= 9; i++) {
      fixture.ready(segment(i));
    }
    for (int i = 9; i >= 4; i--) {
      fixture.done(segment(i));
    }
    fixture.assertContiguous(1, 2);
    fixture.assertLastArchived(9);
    fixture.done(segment(3));
    fixture.assertContiguous(1, 1);
    fixture.done(segment(2));
    fixture.assertContiguous(9, 0);
  }

  @Test
  void shouldFindTheGapOfAParallelPusherAtTheFirstStart() throws IOException {
    fixture.told = false;
    QueueFixture late = new QueueFixture(Files.createDirectory(root.resolve("late")));
    late.told = false;
    for (int i = 5; i <= 9; i++) {
      late.ready(segment(i));
    }
    late.done(segment(5));
    late.done(segment(8));
    late.queue.tick();
    assertThat(late.queue.status().contiguousPosition()).hasValue(6 * SEGMENT_BYTES);
    assertThat(late.queue.status().lastArchivedPosition()).hasValue(9 * SEGMENT_BYTES);
    assertThat(late.queue.status().gapSegments()).hasValue(2);
  }

  @Test
  void shouldStayBelowAVanishedSegmentUntilABackupStartsAboveIt() throws IOException {
    fixture.archive(1, 3);
    fixture.ready(segment(4));
    fixture.delete(segment(4) + ".ready");
    fixture.archive(5, 8);
    fixture.settle();
    assertThat(fixture.journal.vanished).containsExactly(segment(4));
    fixture.assertContiguous(3, 1);
    fixture.queue.forgetGaps(4 * SEGMENT_BYTES + 40);
    fixture.assertContiguous(3, 1);
    fixture.queue.forgetGaps(5 * SEGMENT_BYTES + 40);
    fixture.assertContiguous(8, 0);
  }

  /** Pushed by hand, say, and its .ready removed. */
  @Test
  void shouldPassOverAVanishedSegmentThatTheLogSaysWasPushed() throws IOException {
    fixture.archive(1, 3);
    fixture.journal.pushed.add(segment(4));
    fixture.ready(segment(4));
    fixture.delete(segment(4) + ".ready");
    fixture.archive(5, 8);
    fixture.settle();
    assertThat(fixture.journal.vanished).isEmpty();
    fixture.assertContiguous(8, 0);
  }

  @Test
  void shouldHealWhenAVanishedSegmentIsArchivedAfterAll() throws IOException {
    fixture.archive(1, 3);
    fixture.ready(segment(4));
    fixture.delete(segment(4) + ".ready");
    fixture.archive(5, 6);
    fixture.settle();
    fixture.archive(4, 4);
    fixture.assertContiguous(6, 0);
  }

  @Test
  void shouldStayBelowASkippedSegmentThoughItIsDone() throws IOException {
    fixture.archive(1, 3);
    fixture.ready(segment(4));
    fixture.skip(segment(4));
    fixture.done(segment(4));
    fixture.archive(5, 8);
    fixture.assertContiguous(3, 1);
    fixture.assertLastArchived(8);
    fixture.queue.forgetGaps(Long.MAX_VALUE);
    fixture.assertContiguous(8, 0);
  }

  @Test
  void shouldTakeBackASegmentWhoseSkippingIsReadLate() throws IOException {
    fixture.archive(1, 8);
    fixture.skip(segment(4));
    fixture.assertContiguous(3, 1);
  }

  @Test
  void shouldKeepHolesOverARestart() throws IOException {
    fixture.archive(1, 3);
    fixture.skip(segment(3));
    fixture.archive(4, 6);
    fixture.restart();
    fixture.queue.server(Servers.primary());
    fixture.queue.tick();
    fixture.assertContiguous(2, 1);
    fixture.archive(7, 7);
    fixture.assertContiguous(2, 1);
    fixture.queue.forgetGaps(Long.MAX_VALUE);
    fixture.assertContiguous(7, 0);
  }

  /** PostgreSQL removes no segment that was not archived. */
  @Test
  void shouldPassOverWhatWasArchivedAndRemovedWhileTheAgentWasDown() throws IOException {
    fixture.archive(1, 3);
    fixture.restart();
    fixture.told = false;
    fixture.archive(4, 30);
    for (int i = 1; i <= 25; i++) {
      fixture.delete(segment(i) + ".done");
    }
    fixture.ready(segment(31));
    fixture.clock.setMillis(System.currentTimeMillis());
    fixture.queue.tick();
    fixture.assertContiguous(30, 0);
    assertThat(fixture.journal.vanished).isEmpty();
  }

  @Test
  void shouldNotFallBackWhenACrashBringsAReadyBack() throws IOException {
    fixture.archive(1, 8);
    fixture.delete(segment(6) + ".done");
    fixture.ready(segment(6));
    fixture.assertContiguous(8, 0);
    fixture.delete(segment(6) + ".ready");
    fixture.settle();
    fixture.assertContiguous(8, 0);
  }

  @Test
  void shouldForgetOnlyWhatDoesNotWaitBelowABackup() throws IOException {
    fixture.archive(1, 3);
    fixture.ready(segment(4));
    fixture.ready(segment(5));
    fixture.delete(segment(5) + ".ready");
    fixture.archive(6, 8);
    fixture.settle();
    fixture.queue.forgetGaps(Long.MAX_VALUE);
    fixture.assertContiguous(3, 1);
    fixture.done(segment(4));
    fixture.assertContiguous(8, 0);
  }

  /** A checkpoint removes the .done as well: an idle server then shows nothing new for days. */
  @Test
  void shouldGoUpToTheLastCheckpointWhenNothingIsLeftOfWhatWasArchived() throws IOException {
    fixture.archive(1, 3);
    fixture.restart();
    fixture.queue.server(Servers.primaryAt(30 * SEGMENT_BYTES + 40));
    fixture.told = false;
    for (int i = 1; i <= 3; i++) {
      fixture.delete(segment(i) + ".done");
    }
    fixture.queue.tick();
    fixture.assertContiguous(29, 0);
    fixture.assertLastArchived(29);
  }

  @Test
  void shouldBeginAnewInAnotherSegmentSize() throws IOException {
    fixture.archive(1, 4);
    fixture.queue.server(Servers.server(false, ServerStatus.ArchiveMode.ON, 1L << 20));
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.queue.status().contiguousPosition()).hasValue(5L << 20);
    assertThat(fixture.journal.archived).hasSize(4);
  }

  @Test
  void shouldKnowNothingOfAnotherClusterInTheSamePlace() throws IOException {
    fixture.archive(1, 4);
    ServerStatus same = Servers.primary();
    fixture.queue.server(same);
    fixture.told = false;
    for (int i = 1; i <= 4; i++) {
      fixture.delete(segment(i) + ".done");
    }
    fixture.queue.server(Servers.other(same));
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.queue.status().contiguousPosition()).isEmpty();
    assertThat(fixture.queue.status().lastArchivedMillis()).isEmpty();
  }

  /** A log that is read late: behind a broken mount, or after a flood. */
  @Test
  void shouldNotMissAVanishedSegmentThatALaterReadLogSaysWasPushed() throws IOException {
    fixture.archive(3, 3);
    vanish(4);
    fixture.archive(5, 6);
    fixture.assertContiguous(3, 1);
    fixture.push(segment(4));
    fixture.assertContiguous(6, 0);
  }

  @Test
  void shouldNotMissASkippedSegmentThatWasPushedAfterAll() throws IOException {
    fixture.archive(3, 3);
    fixture.skip(segment(4));
    fixture.archive(4, 6);
    fixture.assertContiguous(3, 1);
    fixture.push(segment(4));
    fixture.assertContiguous(6, 0);
  }

  @Test
  void shouldHealWhatVanishedBeforeARestart() throws IOException {
    fixture.archive(3, 3);
    vanish(4);
    fixture.archive(5, 6);
    fixture.restart();
    fixture.push(segment(4));
    fixture.queue.server(Servers.primary());
    fixture.queue.tick();
    fixture.assertContiguous(6, 0);
  }

  /** The log runs ahead of the disk: what waits may still be lost to a crash. */
  @Test
  void shouldNotCountAPushedSegmentThatStillWaits() throws IOException {
    fixture.archive(3, 3);
    fixture.ready(segment(4));
    fixture.ready(segment(5));
    fixture.done(segment(5));
    fixture.push(segment(4));
    fixture.assertContiguous(3, 1);
  }

  private void vanish(int number) throws IOException {
    fixture.ready(segment(number));
    fixture.delete(segment(number) + ".ready");
    fixture.settle();
  }
}
