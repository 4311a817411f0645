/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.SEGMENT_BYTES;
import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.WalFileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files in a temporary directory, a clock and a watcher in the test's hands. */
class ArchiveQueueTest {
  @TempDir Path root;
  private QueueFixture fixture;

  @BeforeEach
  void prepare() throws IOException {
    fixture = new QueueFixture(root);
  }

  @Test
  void shouldCountWhatWaitsByKind() throws IOException {
    fixture.told = false;
    fixture.ready(segment(5));
    fixture.ready(segment(6));
    fixture.ready("00000002.history");
    fixture.ready(segment(7) + ".partial");
    fixture.ready(segment(4) + ".00000028.backup");
    fixture.ready("not-a-wal-file");
    fixture.ready("0000000100000000000000G1");
    Path oldest = fixture.directory.resolve(segment(6) + ".ready");
    Files.setLastModifiedTime(oldest, FileTime.fromMillis(1_000));

    fixture.queue.tick();

    QueueStatus status = fixture.queue.status();
    assertThat(status.readyFiles())
        .containsEntry(WalFileKind.SEGMENT, 2L)
        .containsEntry(WalFileKind.HISTORY, 1L)
        .containsEntry(WalFileKind.PARTIAL, 1L)
        .containsEntry(WalFileKind.BACKUP, 1L);
    assertThat(status.readySegments()).isEqualTo(2);
    assertThat(status.oldestReadyMillis()).hasValue(1_000);
  }

  @Test
  void shouldCountAReadyThatBecomesDoneWhileWatched() throws IOException {
    fixture.queue.tick();
    fixture.ready(segment(5));
    fixture.done(segment(5));
    fixture.delete(segment(5) + ".done");
    fixture.settle();
    assertThat(fixture.journal.archived).containsExactly(segment(5));
    assertThat(fixture.journal.vanished).isEmpty();
    assertThat(fixture.queue.status().lastArchivedPosition()).hasValue(6 * SEGMENT_BYTES);
  }

  @Test
  void shouldFindByListingWhatNoEventTold() throws IOException {
    fixture.queue.tick();
    fixture.told = false;
    fixture.ready(segment(5));
    fixture.tickAfterMillis(30_000);
    fixture.done(segment(5));
    fixture.ready(segment(6));
    fixture.done(segment(6));
    fixture.receive(segment(7));
    fixture.tickAfterMillis(30_000);
    assertThat(fixture.journal.archived).containsExactly(segment(5), segment(6));
    assertThat(fixture.journal.received).containsExactly(segment(7));
  }

  @Test
  void shouldCountABareDoneAsReceived() throws IOException {
    fixture.queue.tick();
    fixture.receive(segment(5));
    fixture.settle();
    assertThat(fixture.journal.received).containsExactly(segment(5));
    assertThat(fixture.journal.archived).isEmpty();
    assertThat(fixture.queue.status().lastArchivedPosition()).isEmpty();
  }

  @Test
  void shouldCallAReadyThatIsRemovedVanishedAfterASecondLook() throws IOException {
    fixture.queue.tick();
    fixture.ready(segment(5));
    fixture.delete(segment(5) + ".ready");
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.journal.vanished).isEmpty();
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.journal.vanished).containsExactly(segment(5));
  }

  @Test
  void shouldTakeALateDoneForTheReadyThatLeft() throws IOException {
    fixture.queue.tick();
    fixture.ready(segment(5));
    fixture.delete(segment(5) + ".ready");
    fixture.tickAfterMillis(1_000);
    fixture.receive(segment(5));
    fixture.settle();
    assertThat(fixture.journal.archived).containsExactly(segment(5));
    assertThat(fixture.journal.vanished).isEmpty();
    assertThat(fixture.journal.received).isEmpty();
  }

  @Test
  void shouldNotCallUnobservedALoss() throws IOException {
    fixture.queue.tick();
    fixture.ready(segment(5));
    fixture.told = false;
    fixture.delete(segment(5) + ".ready");
    fixture.watcher.listener().overflowed();
    fixture.settle();
    assertThat(fixture.journal.unobserved).containsExactly(segment(5));
    assertThat(fixture.journal.vanished).isEmpty();
    assertThat(fixture.journal.overflows).isEqualTo(1);
  }

  @Test
  void shouldNotCallALossWhatWasArchivedAndRemovedInOneInterval() throws IOException {
    fixture.queue.server(Servers.primary());
    fixture.queue.tick();
    fixture.ready(segment(5));
    fixture.ready(segment(6));
    fixture.told = false;
    fixture.done(segment(5));
    fixture.done(segment(6));
    fixture.delete(segment(5) + ".done");
    fixture.watcher.listener().overflowed();
    fixture.settle();
    assertThat(fixture.journal.archived).containsExactly(segment(6));
    assertThat(fixture.journal.unobserved).containsExactly(segment(5));
    assertThat(fixture.journal.vanished).isEmpty();
    fixture.assertContiguous(6, 0);
  }

  @Test
  void shouldNotCountWhatWasDoneBeforeTheFirstStart() throws IOException {
    fixture.told = false;
    fixture.ready(segment(5));
    fixture.done(segment(5));
    fixture.receive(segment(4));
    fixture.queue.tick();
    assertThat(fixture.journal.archived).isEmpty();
    assertThat(fixture.journal.received).isEmpty();
    QueueStatus status = fixture.queue.status();
    assertThat(status.doneFiles()).isEqualTo(2);
    assertThat(status.lastArchivedPosition()).hasValue(6 * SEGMENT_BYTES);
    Path done = fixture.directory.resolve(segment(5) + ".done");
    FileTime changed = (FileTime) Files.getAttribute(done, "unix:ctime");
    assertThat(status.lastArchivedMillis()).hasValue(changed.toMillis());
  }

  @Test
  void shouldCountOverARestartWhatWaitedBeforeAndIsDoneNow() throws IOException {
    fixture.queue.tick();
    for (int i = 5; i <= 8; i++) {
      fixture.ready(segment(i));
    }
    fixture.ready("00000002.history");
    fixture.done(segment(5));
    fixture.restart();
    fixture.told = false;
    fixture.done(segment(6));
    fixture.done("00000002.history");
    fixture.done(segment(7));
    fixture.delete(segment(7) + ".done");
    fixture.queue.tick();
    fixture.settle();
    assertThat(fixture.journal.archived).containsExactlyInAnyOrder(segment(6), "00000002.history");
    assertThat(fixture.journal.unobserved).containsExactly(segment(7));
    assertThat(fixture.journal.vanished).isEmpty();
    assertThat(fixture.queue.status().readySegments()).isEqualTo(1);
    assertThat(fixture.queue.status().contiguousPosition()).hasValue(8 * SEGMENT_BYTES);
  }

  @Test
  void shouldSayThatTheDirectoryCannotBeReadOnceAndPickItUpWhenItAppears() throws IOException {
    Files.delete(fixture.directory);
    fixture.queue.tick();
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.journal.problems).containsExactly("no such directory: " + fixture.directory);
    Files.createDirectory(fixture.directory);
    fixture.told = false;
    fixture.ready(segment(5));
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.journal.problems).endsWith("readable");
    assertThat(fixture.queue.status().readySegments()).isEqualTo(1);
  }

  @Test
  void shouldListOftenWhenTheLimitOfWatchesIsReached() throws IOException {
    fixture.watcher.failure = new IOException("User limit of inotify watches reached");
    fixture.queue.tick();
    fixture.told = false;
    fixture.ready(segment(5));
    fixture.tickAfterMillis(1_000);
    fixture.done(segment(5));
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.journal.archived).containsExactly(segment(5));
    assertThat(fixture.journal.problems)
        .containsExactly(
            "watch: User limit of inotify watches reached"
                + " (raise sysctl fs.inotify.max_user_watches)");
    fixture.watcher.failure = null;
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.journal.problems).endsWith("watch: ");
  }

  @Test
  void shouldNoticeADirectoryThatWasMovedAwayAndMadeAnew() throws IOException {
    fixture.queue.tick();
    fixture.ready(segment(5));
    Files.move(fixture.directory, root.resolve("moved"));
    Files.createDirectory(fixture.directory);
    fixture.told = false;
    fixture.ready(segment(6));
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.watcher.watched).hasSize(2);
    fixture.settle();
    assertThat(fixture.queue.status().readySegments()).isEqualTo(1);
    assertThat(fixture.journal.unobserved).containsExactly(segment(5));
    assertThat(fixture.journal.vanished).isEmpty();
  }

  @Test
  void shouldListOftenWhereTheWatchTellsNothing() throws IOException {
    fixture.queue.tick();
    fixture.told = false;
    for (int i = 1; i <= 3; i++) {
      fixture.ready(segment(i));
      fixture.tickAfterMillis(30_000);
    }
    assertThat(fixture.journal.problems)
        .containsExactly("watch: changes are not told, as on network file systems");
    fixture.ready(segment(4));
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.queue.status().readySegments()).isEqualTo(4);
    fixture.delete(segment(4) + ".ready");
    fixture.tickAfterMillis(1_000);
    fixture.settle();
    assertThat(fixture.journal.vanished).isEmpty();
    assertThat(fixture.journal.unobserved).containsExactly(segment(4));
  }

  @Test
  void shouldCountOnceWhatAListingShowsUnderBothNames() throws IOException {
    fixture.queue.tick();
    fixture.told = false;
    fixture.ready(segment(5));
    Path done = fixture.directory.resolve(segment(5) + ".done");
    Files.createFile(done);
    Files.setLastModifiedTime(done, FileTime.fromMillis(1_000));
    fixture.tickAfterMillis(30_000);
    fixture.told = true;
    fixture.delete(segment(5) + ".ready");
    fixture.watcher.listener().created(segment(5) + ".done");
    fixture.settle();
    assertThat(fixture.journal.archived).containsExactly(segment(5));
    assertThat(fixture.queue.status().doneFiles()).isEqualTo(1);
  }

  @Test
  void shouldShowNoPositionsOnAStandby() throws IOException {
    fixture.queue.tick();
    fixture.ready(segment(5));
    fixture.done(segment(5));
    fixture.ready(segment(6));
    fixture.queue.server(Servers.standby(ServerStatus.ArchiveMode.ON));
    assertThat(fixture.queue.status().contiguousPosition()).isEmpty();
    assertThat(fixture.queue.status().lastArchivedMillis()).isEmpty();
    assertThat(fixture.queue.status().oldestReadyMillis()).isEmpty();
    fixture.queue.server(Servers.standby(ServerStatus.ArchiveMode.ALWAYS));
    assertThat(fixture.queue.status().oldestReadyMillis()).isPresent();
    fixture.queue.server(Servers.primary());
    assertThat(fixture.queue.status().contiguousPosition())
        .isEqualTo(OptionalLong.of(6 * SEGMENT_BYTES));
  }
}
