/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code .ready} that comes back after its segment was archived, or after it was removed. */
class ReturningReadyTest {
  @TempDir Path root;
  private QueueFixture fixture;

  @BeforeEach
  void prepare() throws IOException {
    fixture = QueueFixture.primary(root);
  }

  /** What a crash leaves, and PostgreSQL removes since the segment is gone (pgarch.c). */
  private void orphan(int number) throws IOException {
    fixture.ready(segment(number));
    fixture.tickAfterMillis(1_000);
    fixture.delete(segment(number) + ".ready");
    fixture.settle();
  }

  @Test
  void shouldNotCallTheOrphanOfAnArchivedSegmentALoss() throws IOException {
    fixture.archive(1, 5);
    fixture.delete(segment(3) + ".done");

    orphan(3);

    assertThat(fixture.journal.orphaned).containsExactly(segment(3));
    assertThat(fixture.journal.vanished).isEmpty();
    assertThat(fixture.journal.unobserved).isEmpty();
    fixture.assertContiguous(5, 0);
  }

  @Test
  void shouldNotCallTheOrphanOfASegmentBelowWhereItBeganALoss() throws IOException {
    fixture.archive(5, 6);

    orphan(2);

    assertThat(fixture.journal.vanished).isEmpty();
    fixture.assertContiguous(6, 0);
  }

  @Test
  void shouldCallAnOrphanALossWhoseSegmentWasNeverArchived() throws IOException {
    fixture.archive(1, 3);
    fixture.ready(segment(4));
    fixture.ready(segment(5));
    fixture.delete(segment(4) + ".ready");
    fixture.done(segment(5));
    fixture.settle();

    assertThat(fixture.journal.vanished).containsExactly(segment(4));
    fixture.assertContiguous(3, 1);

    orphan(4);

    assertThat(fixture.journal.vanished).containsExactly(segment(4), segment(4));
  }

  @Test
  void shouldGoOnWaitingForWhatIsRemovedAndMadeAgain() throws IOException {
    fixture.archive(1, 1);
    fixture.ready(segment(2));
    fixture.delete(segment(2) + ".ready");
    fixture.tickAfterMillis(200);
    fixture.ready(segment(2));
    fixture.settle();

    assertThat(fixture.journal.vanished).isEmpty();
    assertThat(fixture.queue.status().readySegments()).isEqualTo(1);

    fixture.done(segment(2));
    fixture.settle();

    assertThat(fixture.journal.vanished).isEmpty();
    assertThat(fixture.journal.archived).containsExactly(segment(1), segment(2));
    fixture.assertContiguous(2, 0);
  }

  @Test
  void shouldCountOnceWhatIsMadeAgainAndArchivedAtOnce() throws IOException {
    fixture.ready(segment(2));
    fixture.delete(segment(2) + ".ready");
    fixture.tickAfterMillis(1_000);
    fixture.ready(segment(2));
    fixture.done(segment(2));
    fixture.settle();

    assertThat(fixture.journal.archived).containsExactly(segment(2));
    assertThat(fixture.journal.vanished).isEmpty();
  }

  @Test
  void shouldSeeByTheSecondLookWhatIsMadeAgainUntold() throws IOException {
    fixture.archive(1, 1);
    fixture.ready(segment(2));
    fixture.delete(segment(2) + ".ready");
    fixture.told = false;
    fixture.ready(segment(2));
    fixture.tickAfterMillis(1_000);
    fixture.tickAfterMillis(1_000);

    assertThat(fixture.journal.vanished).isEmpty();
    assertThat(fixture.queue.status().readySegments()).isEqualTo(1);
  }

  @Test
  void shouldCountOnceWhatAListingFindsMadeAgain() throws IOException {
    fixture.ready(segment(2));
    fixture.delete(segment(2) + ".ready");
    fixture.told = false;
    fixture.ready(segment(2));
    fixture.watcher.listener().overflowed();
    fixture.tickAfterMillis(100);
    fixture.told = true;
    fixture.done(segment(2));
    fixture.settle();

    assertThat(fixture.journal.archived).containsExactly(segment(2));
    assertThat(fixture.journal.unobserved).isEmpty();
    assertThat(fixture.journal.vanished).isEmpty();
  }
}
