/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.FileSource.Start.END;
import static io.walwatch.agent.tail.TestingTail.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that was rotated while it was down, to where nobody can read it. */
class MissingTest {
  @TempDir Path directory;
  private Path log;
  private TestingTail tail;

  @BeforeEach
  void setUp() throws IOException {
    log = directory.resolve("pg.log");
    append(log, "");
    tail = new TestingTail(END, log.toString()).read();
    append(log, "read\n");
    tail.read().taken();
  }

  @Test
  void shouldCountAsLostWhatCameLaterIntoAnArchiveThatItCannotRead() throws IOException {
    Files.move(log, directory.resolve("pg.log.1.xz"));
    Files.setLastModifiedTime(
        directory.resolve("pg.log.1.xz"), FileTime.from(Instant.now().plusSeconds(60)));
    rotatedAway();
    assertThat(tail.told).containsExactly("lost pg.log 1");
  }

  @Test
  void shouldSayOnceThatTheLogIsFoundNowhere() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("old"));
    append(log, "lost\n");
    Files.move(log, elsewhere.resolve("pg.log.1"));
    rotatedAway();
    assertThat(tail.told).containsExactly("missed pg.log");
    tail.restart().pass(Duration.ofMinutes(1));
    assertThat(tail.told).as("known by now").containsExactly("missed pg.log");
  }

  @Test
  void shouldSayNothingOfAGenerationThatWentWithTime() throws IOException {
    Files.move(log, directory.resolve("pg.log.1"));
    append(log, "new\n");
    tail.read().pass(Duration.ofMinutes(1)).pass(Duration.ofMinutes(1)).taken();
    Files.delete(directory.resolve("pg.log.1"));
    tail.told.clear();
    rotatedAway();
    assertThat(tail.told).isEmpty();
  }

  private void rotatedAway() throws IOException {
    append(log, "live\n");
    assertThat(tail.restart().pass(Duration.ofSeconds(5)).taken()).containsExactly("live");
  }
}
