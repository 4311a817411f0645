/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators and fail-overs do to the directory, watched by the system's own service. */
class DirectoryChangesTest {
  @TempDir Path root;

  private static void archive(Path status, int number) throws IOException {
    Files.createFile(status.resolve(segment(number) + ".ready"));
    Files.move(
        status.resolve(segment(number) + ".ready"), status.resolve(segment(number) + ".done"));
  }

  private static Path status(Path wal) throws IOException {
    return Files.createDirectories(wal.resolve("archive_status"));
  }

  @Test
  void shouldWatchThroughASymbolicLinkAndFollowItElsewhere() throws Exception {
    Path data = Files.createDirectory(root.resolve("data"));
    Path first = status(root.resolve("disk1"));
    Path second = status(root.resolve("disk2"));
    Path link = data.resolve("pg_wal");
    Files.createSymbolicLink(link, root.resolve("disk1"));
    try (WatchedDirectory watched = WatchedDirectory.ofServer(data)) {
      watched.queue.tick();
      archive(first, 5);
      watched.drain();
      assertThat(watched.journal.archived).containsExactly(segment(5));
      archive(second, 6);
      Files.createSymbolicLink(root.resolve("next"), root.resolve("disk2"));
      Files.move(root.resolve("next"), link, StandardCopyOption.REPLACE_EXISTING);
      watched.pause();
      // What is done in a directory that comes into its place was not done while it was watched.
      assertThat(watched.journal.archived).containsExactly(segment(5));
      archive(second, 7);
      watched.drain();
      assertThat(watched.journal.archived).containsExactly(segment(5), segment(7));
    }
  }

  /** The history says that nothing before the switch is missing: it lies where WAL lies now. */
  @Test
  void shouldReadHistoriesWhereThePathLeadsNow() throws Exception {
    Path data = Files.createDirectory(root.resolve("data"));
    status(root.resolve("disk1"));
    Path status = status(root.resolve("disk2"));
    Path link = data.resolve("pg_wal");
    Files.createSymbolicLink(link, root.resolve("disk1"));
    try (WatchedDirectory watched = WatchedDirectory.ofServer(data)) {
      watched.queue.tick();
      Files.createSymbolicLink(root.resolve("next"), root.resolve("disk2"));
      Files.move(root.resolve("next"), link, StandardCopyOption.REPLACE_EXISTING);
      watched.pause();
      archive(status, 5);
      // A segment of the old timeline, from after the switch, that nobody needs.
      Files.createFile(status.resolve(segment(7) + ".ready"));
      Files.writeString(root.resolve("disk2/00000002.history"), "1\t0/5000100\tno reason\n");
      String next = "00000002" + segment(8).substring(8);
      Files.createFile(status.resolve(next + ".ready"));
      Files.move(status.resolve(next + ".ready"), status.resolve(next + ".done"));
      watched.drain();
      assertThat(watched.queue.status().timeline()).hasValue(2);
    }
  }

  @Test
  void shouldTakeADataDirectoryThatReplacesAnother() throws Exception {
    Path data = root.resolve("data");
    Path old = status(data.resolve("pg_wal"));
    try (WatchedDirectory watched = WatchedDirectory.ofServer(data)) {
      watched.queue.tick();
      Files.createFile(old.resolve(segment(5) + ".ready"));
      watched.drain();
      Files.move(data, root.resolve("data.old"));
      watched.pause();
      assertThat(watched.journal.problems)
          .containsExactly("no such directory: " + data.resolve("pg_wal/archive_status"));
      Path replaced = status(data.resolve("pg_wal"));
      // pg_basebackup marks what it fetched, so that it is not archived again.
      Files.createFile(replaced.resolve(segment(6) + ".done"));
      watched.pause();
      assertThat(watched.journal.problems).endsWith("readable");
      archive(replaced, 7);
      watched.drain();
      watched.settle();
      assertThat(watched.journal.archived).containsExactly(segment(7));
      assertThat(watched.journal.unobserved).containsExactly(segment(5));
      assertThat(watched.journal.vanished).isEmpty();
      assertThat(watched.journal.received).isEmpty();
    }
  }

  @Test
  void shouldLookAgainAfterTheDirectoryWasDeletedAndMadeAnew() throws Exception {
    Path data = root.resolve("data");
    Path status = status(data.resolve("pg_wal"));
    try (WatchedDirectory watched = WatchedDirectory.ofServer(data)) {
      watched.queue.tick();
      Files.delete(status);
      Files.createDirectory(status);
      archive(status, 5);
      Files.createFile(status.resolve(segment(6) + ".ready"));
      watched.pause();
      watched.turnUntil(() -> watched.queue.status().readySegments() == 1);
      Files.move(status.resolve(segment(6) + ".ready"), status.resolve(segment(6) + ".done"));
      watched.drain();
      assertThat(watched.journal.archived).endsWith(segment(6));
    }
  }

  @Test
  void shouldReadSinceWhenFilesWaitInADirectoryThatReplacesAnother() throws Exception {
    Path data = root.resolve("data");
    Path status = status(data.resolve("pg_wal"));
    waitingSince(status, 1_000);
    try (WatchedDirectory watched = WatchedDirectory.ofServer(data)) {
      watched.queue.tick();
      assertThat(watched.queue.status().oldestReadyMillis()).hasValue(1_000);
      Files.move(status, root.resolve("old"));
      Files.createDirectory(status);
      waitingSince(status, 5_000);
      watched.pause();
      watched.turnUntil(() -> watched.queue.status().oldestReadyMillis().orElse(0) != 1_000);
      assertThat(watched.queue.status().oldestReadyMillis()).hasValue(5_000);
    }
  }

  private static void waitingSince(Path status, long millis) throws IOException {
    Path file = Files.createFile(status.resolve(segment(5) + ".ready"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
  }

  @Test
  void shouldPickUpADirectoryThatBecomesUsable() throws Exception {
    Path data = Files.createDirectory(root.resolve("data"));
    Files.createFile(data.resolve("pg_wal"));
    try (WatchedDirectory watched = WatchedDirectory.ofServer(data)) {
      watched.queue.tick();
      assertThat(watched.journal.problems).hasSize(1);
      Files.delete(data.resolve("pg_wal"));
      Path status = status(data.resolve("pg_wal"));
      watched.pause();
      archive(status, 5);
      watched.drain();
      assertThat(watched.journal.problems).hasSize(2).endsWith("readable");
      assertThat(watched.journal.archived).containsExactly(segment(5));
    }
  }

  @Test
  void shouldKnowTheOldNameOfTheDirectory() throws Exception {
    Path data = root.resolve("data");
    Path status = status(data.resolve("pg_xlog"));
    Files.createFile(status.resolve(segment(5) + ".ready"));
    try (WatchedDirectory watched = WatchedDirectory.ofServer(data)) {
      watched.queue.tick();
      assertThat(watched.queue.status().readySegments()).isEqualTo(1);
    }
  }

  @Test
  void shouldReadTheSegmentSizeFromASegmentWhereThereIsNoDataDirectory() throws Exception {
    Path status = status(root.resolve("wal"));
    Files.write(root.resolve("wal").resolve(segment(5)), new byte[1 << 20]);
    try (WatchedDirectory watched = new WatchedDirectory(status)) {
      watched.queue.tick();
      archive(status, 5);
      watched.drain();
      assertThat(watched.queue.status().lastArchivedPosition()).hasValue(6L << 20);
    }
  }
}
