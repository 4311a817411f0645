/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.parse.Backup.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps and tars in real directories. */
final class DirectoryListerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path directory;

  @Test
  void shouldListFilesByPattern() throws Exception {
    file("day1/1_gitlab_backup.tar", 100, "2026-11-20T01:00:00Z");
    file("day2/2_gitlab_backup.tar", 120, "2026-11-21T01:00:00Z");
    file("day2/notes.txt", 7, "2026-11-22T01:00:00Z");
    Files.createDirectory(directory.resolve("day2/3_gitlab_backup.tar"));

    Listing listing = list("*/*_gitlab_backup.tar");

    assertThat(listing.counts())
        .isEqualTo(Map.of(State.OK, 2L, State.RUNNING, 0L, State.FAILED, 0L));
    assertThat(listing.lastSuccessMillis())
        .hasValue(Instant.parse("2026-11-21T01:00:00Z").toEpochMilli());
    assertThat(listing.lastSizeBytes()).hasValue(120);
    assertThat(listing.previousSizeBytes()).hasValue(100);
    assertThat(listing.storedBytes()).hasValue(220);
  }

  @Test
  void shouldTellWhatIsBeingWrittenAndWhatIsEmpty() throws Exception {
    file("a.dump", 10, "2026-11-22T11:59:30Z");
    file("b.dump", 0, "2026-11-22T01:00:00Z");

    assertThat(list("*.dump").counts())
        .isEqualTo(Map.of(State.OK, 0L, State.RUNNING, 1L, State.FAILED, 1L));
  }

  @Test
  void shouldFindOneNamedFileAndNoneWhereThereIsNone() throws Exception {
    file("latest.dump", 10, "2026-11-22T01:00:00Z");

    assertThat(list("latest.dump").lastSizeBytes()).hasValue(10);
    assertThat(list("other.dump").isEmpty()).isTrue();
    assertThat(list("*.tar").isEmpty()).isTrue();
  }

  @Test
  void shouldSayThatADirectoryIsMissing() {
    assertThatThrownBy(() -> list("gone/*.tar"))
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("gone/*.tar cannot be listed");
  }

  @Test
  void shouldEndWhenItIsInterrupted() throws IOException {
    file("a.dump", 10, "2026-11-22T01:00:00Z");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> list("*.dump")).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private Listing list(String pattern) throws ListingException, InterruptedException {
    InstantSource clock = () -> NOW;
    return new DirectoryLister(directory.resolve(pattern), clock).list();
  }

  private void file(String name, int bytes, String changed) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(changed)));
  }
}
