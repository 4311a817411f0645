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

/** What a good backup makes of the holes below its start, in segments of 16 MB. */
class BackupStartTest {
  @TempDir Path root;
  private QueueFixture fixture;

  @BeforeEach
  void prepare() throws IOException {
    fixture = QueueFixture.primary(root);
  }

  private static String onTimeline(int timeline, int number) {
    return "0000000" + timeline + segment(number).substring(8);
  }

  private void archive(String name) throws IOException {
    fixture.ready(name);
    fixture.done(name);
  }

  private void vanish(String name) throws IOException {
    fixture.ready(name);
    fixture.delete(name + ".ready");
    fixture.settle();
  }

  private void assertContiguous(int timeline, int segment) {
    QueueStatus status = fixture.queue.status();
    assertThat(status.contiguousPosition()).hasValue((segment + 1) * SEGMENT_BYTES);
    assertThat(status.timeline()).hasValue(timeline);
  }

  @Test
  void shouldPassOverWhatVanishedOrWasSkippedBelowTheStart() throws IOException {
    fixture.archive(1, 3);
    vanish(segment(4));
    fixture.archive(5, 9);
    fixture.skip(segment(6));
    assertThat(fixture.queue.backupStartsAt(segment(4))).isFalse();
    assertContiguous(1, 3);
    assertThat(fixture.queue.backupStartsAt(segment(5))).isTrue();
    assertContiguous(1, 5);
    assertThat(fixture.queue.backupStartsAt(segment(7))).isTrue();
    assertContiguous(1, 9);
    assertThat(fixture.queue.backupStartsAt(segment(7))).as("known already").isFalse();
  }

  @Test
  void shouldKeepWhatStillWaitsBelowTheStart() throws IOException {
    fixture.archive(1, 3);
    fixture.ready(segment(4));
    vanish(segment(5));
    fixture.archive(6, 8);
    fixture.queue.backupStartsAt(segment(7));
    assertContiguous(1, 3);
    fixture.done(segment(4));
    assertContiguous(1, 8);
  }

  /** Such a one is another cluster's, or its own WAL is not handed over yet. */
  @Test
  void shouldNotBelieveABackupThatStartsAboveEverythingArchived() throws IOException {
    fixture.archive(1, 3);
    vanish(segment(4));
    fixture.archive(5, 8);
    assertThat(fixture.queue.backupStartsAt(segment(9))).isFalse();
    assertThat(fixture.queue.backupStartsAt(onTimeline(2, 6))).isFalse();
    assertContiguous(1, 3);
    fixture.archive(9, 9);
    assertThat(fixture.queue.backupStartsAt(segment(9))).isTrue();
    assertContiguous(1, 9);
  }

  @Test
  void shouldPassOverAHoleOfTheOldTimelineBelowABackupOfTheNewOne() throws IOException {
    Files.writeString(root.resolve("00000002.history"), "1\t0/6A00028\tpromoted\n");
    fixture.archive(1, 5);
    fixture.skip(segment(3));
    archive(onTimeline(2, 6));
    archive(onTimeline(2, 7));
    assertContiguous(1, 2);
    assertThat(fixture.queue.backupStartsAt(onTimeline(2, 7))).isTrue();
    assertContiguous(2, 7);
  }

  @Test
  void shouldBelieveABackupOfAnAncestorOnlyBeforeItWasLeft() throws IOException {
    Files.writeString(root.resolve("00000002.history"), "1\t0/6A00028\tpromoted\n");
    fixture.archive(1, 9);
    fixture.skip(segment(3));
    archive(onTimeline(2, 6));
    archive(onTimeline(2, 7));
    assertThat(fixture.queue.backupStartsAt(segment(8))).as("of the old primary").isFalse();
    assertContiguous(1, 2);
    assertThat(fixture.queue.backupStartsAt(segment(5))).isTrue();
    assertContiguous(2, 7);
  }

  @Test
  void shouldNotBelieveABackupOfATimelineThatIsNoAncestor() throws IOException {
    Files.writeString(root.resolve("00000003.history"), "1\t0/6A00028\tpoint in time\n");
    fixture.archive(1, 5);
    fixture.skip(segment(3));
    archive(onTimeline(3, 6));
    assertThat(fixture.queue.backupStartsAt(onTimeline(2, 4))).isFalse();
    assertContiguous(1, 2);
  }

  @Test
  void shouldIgnoreWhatIsNoSegment() throws IOException {
    fixture.archive(1, 3);
    fixture.skip(segment(2));
    assertThat(fixture.queue.backupStartsAt("00000002.history")).isFalse();
    assertThat(fixture.queue.backupStartsAt("nonsense")).isFalse();
    assertContiguous(1, 1);
  }

  @Test
  void shouldSeeAHoleBelowTheFirstThatIsArchivedOnATimeline() throws IOException {
    vanish(segment(4));
    fixture.archive(5, 8);
    assertContiguous(1, 3);
    assertThat(fixture.queue.status().gapSegments()).hasValue(1);
  }
}
