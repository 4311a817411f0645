/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.WalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a good backup makes of the holes below its start, in segments of 16 MB. */
class BackupStartTest {
  private static final long SEGMENT_BYTES = 1L << 24;

  @TempDir Path root;
  private QueueFixture fixture;

  @BeforeEach
  void prepare() throws IOException {
    fixture = new QueueFixture(root);
    fixture.queue.server(Servers.primary());
    fixture.queue.tick();
  }

  private static String onTimeline(int timeline, int number) {
    return "0000000" + timeline + segment(number).substring(8);
  }

  private void archive(String name) throws IOException {
    fixture.ready(name);
    fixture.done(name);
  }

  private void archive(int first, int last) throws IOException {
    for (int i = first; i <= last; i++) {
      archive(segment(i));
    }
  }

  private void vanish(String name) throws IOException {
    fixture.ready(name);
    fixture.delete(name + ".ready");
    fixture.settle();
  }

  private void skip(String name) {
    fixture.queue.skipped(Objects.requireNonNull(WalFile.parse(name)));
  }

  private void assertContiguous(int timeline, int segment) {
    QueueStatus status = fixture.queue.status();
    assertThat(status.contiguousPosition()).hasValue((segment + 1) * SEGMENT_BYTES);
    assertThat(status.timeline()).hasValue(timeline);
  }

  @Test
  void shouldPassOverWhatVanishedOrWasSkippedBelowTheStart() throws IOException {
    archive(1, 3);
    vanish(segment(4));
    archive(5, 9);
    skip(segment(6));
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
    archive(1, 3);
    fixture.ready(segment(4));
    vanish(segment(5));
    archive(6, 8);
    fixture.queue.backupStartsAt(segment(7));
    assertContiguous(1, 3);
    fixture.done(segment(4));
    assertContiguous(1, 8);
  }

  /** Such a one is another cluster's, or its own WAL is not handed over yet. */
  @Test
  void shouldNotBelieveABackupThatStartsAboveEverythingArchived() throws IOException {
    archive(1, 3);
    vanish(segment(4));
    archive(5, 8);
    assertThat(fixture.queue.backupStartsAt(segment(9))).isFalse();
    assertThat(fixture.queue.backupStartsAt(onTimeline(2, 6))).isFalse();
    assertContiguous(1, 3);
    archive(9, 9);
    assertThat(fixture.queue.backupStartsAt(segment(9))).isTrue();
    assertContiguous(1, 9);
  }

  @Test
  void shouldPassOverAHoleOfTheOldTimelineBelowABackupOfTheNewOne() throws IOException {
    Files.writeString(root.resolve("00000002.history"), "1\t0/6A00028\tpromoted\n");
    archive(1, 5);
    skip(segment(3));
    archive(onTimeline(2, 6));
    archive(onTimeline(2, 7));
    assertContiguous(1, 2);
    assertThat(fixture.queue.backupStartsAt(onTimeline(2, 7))).isTrue();
    assertContiguous(2, 7);
  }

  @Test
  void shouldBelieveABackupOfAnAncestorOnlyBeforeItWasLeft() throws IOException {
    Files.writeString(root.resolve("00000002.history"), "1\t0/6A00028\tpromoted\n");
    archive(1, 9);
    skip(segment(3));
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
    archive(1, 5);
    skip(segment(3));
    archive(onTimeline(3, 6));
    assertThat(fixture.queue.backupStartsAt(onTimeline(2, 4))).isFalse();
    assertContiguous(1, 2);
  }

  @Test
  void shouldIgnoreWhatIsNoSegment() throws IOException {
    archive(1, 3);
    skip(segment(2));
    assertThat(fixture.queue.backupStartsAt("00000002.history")).isFalse();
    assertThat(fixture.queue.backupStartsAt("nonsense")).isFalse();
    assertContiguous(1, 1);
  }

  @Test
  void shouldSeeAHoleBelowTheFirstThatIsArchivedOnATimeline() throws IOException {
    vanish(segment(4));
    archive(5, 8);
    assertContiguous(1, 3);
    assertThat(fixture.queue.status().gapSegments()).hasValue(1);
  }
}
