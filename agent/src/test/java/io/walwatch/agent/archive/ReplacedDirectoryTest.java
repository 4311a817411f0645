/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive_status that another one replaces, and that cannot be used at once. */
class ReplacedDirectoryTest {
  @TempDir Path root;
  private QueueFixture fixture;

  @BeforeEach
  void replace() throws IOException {
    fixture = QueueFixture.primary(root);
    fixture.archive(1, 3);
    Files.move(fixture.directory, root.resolve("old"));
    Files.createDirectory(fixture.directory);
    // As cp -a and rsync leave it: the inode is younger than the time of the file.
    fixture.told = false;
    fixture.archive(7, 8);
  }

  /** mkdir, and chmod g+rx a moment later. */
  @Test
  void shouldNotCountWhatIsDoneInADirectoryThatIsOpenedOnlyLater() {
    fixture.watcher.failure = new AccessDeniedException("archive_status");
    fixture.tickAfterMillis(1_000);
    fixture.watcher.failure = null;
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.journal.archived).containsExactly(segment(1), segment(2), segment(3));
  }

  @Test
  void shouldNotCountWhatIsDoneInADirectoryThatIsAwayForAMoment() throws IOException {
    Path away = root.resolve("away");
    fixture.watcher.then = () -> Files.move(fixture.directory, away);
    fixture.tickAfterMillis(1_000);
    fixture.watcher.then = () -> {};
    Files.move(away, fixture.directory);
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.journal.problems).endsWith("readable");
    assertThat(fixture.journal.archived).containsExactly(segment(1), segment(2), segment(3));
  }
}
