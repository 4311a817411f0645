/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.FileSource.Start.BEGINNING;
import static io.walwatch.agent.tail.FileSource.Start.END;
import static io.walwatch.agent.tail.TestingTail.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that lose their end, and files that are gone with their directory, for now or for good. */
class LostEndTest {
  @TempDir Path directory;
  private Path log;

  @BeforeEach
  void setUp() {
    log = directory.resolve("pg.log");
  }

  @Test
  void shouldReadNothingTwiceOfAFileThatShrankBelowWhatWasRead() throws IOException {
    String line = "x".repeat(300) + "\n";
    TestingTail tail = tail();
    append(log, line + "b\nc\n");
    tail.read().taken();
    cut(303);
    assertThat(tail.read().taken()).isEmpty();
    append(log, "d\n");
    assertThat(tail.read().taken()).containsExactly("d");
    append(log, "e\n");
    assertThat(tail.restart().read().taken()).containsExactly("e");
    assertThat(tail.told).containsExactly("truncated pg.log");
    assertThat(tail.lostBytes).isZero();
  }

  @Test
  void shouldCountWhatWasUnreadOfAFileThatShrankWhileItWasDown() throws IOException {
    TestingTail tail = tail();
    append(log, "x".repeat(300) + "\nb\nc\n");
    tail.stream().read(303);
    assertThat(tail.taken()).hasSize(2);
    tail.restart();
    cut(304);
    assertThat(tail.read().taken()).isEmpty();
    assertThat(tail.lostBytes).as("bytes that were seen and not read").isEqualTo(1);
    append(log, "d\n");
    assertThat(tail.read().taken()).containsExactly("cd");
  }

  private void cut(long sizeBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      channel.truncate(sizeBytes);
    }
  }

  @Test
  void shouldCountNothingAsLostInADirectoryThatIsMountedLate() throws IOException {
    Path mounted = Files.createDirectory(directory.resolve("disk"));
    TestingTail tail = new TestingTail(BEGINNING, mounted.resolve("*.log").toString());
    append(mounted.resolve("pg.log"), "a\nb\n");
    tail.stream().read(2);
    tail.restart();
    Files.move(mounted, directory.resolve("elsewhere"));
    tail.pass(Duration.ofMinutes(1)).restart().pass(Duration.ofMinutes(4));
    Files.move(directory.resolve("elsewhere"), mounted);
    assertThat(tail.pass(Duration.ofSeconds(5)).taken()).containsExactly("a", "b");
    assertThat(tail.lostBytes).isZero();
  }

  @Test
  void shouldCountAsLostWhatWentWithItsDirectory() throws IOException {
    Path mounted = Files.createDirectory(directory.resolve("disk"));
    TestingTail tail = new TestingTail(BEGINNING, mounted.resolve("*.log").toString());
    append(mounted.resolve("pg.log"), "a\nb\n");
    tail.stream().read(2);
    tail.restart();
    Files.move(mounted, directory.resolve("elsewhere"));
    tail.read();
    assertThat(tail.lostBytes).isZero();
    tail.pass(Duration.ofMinutes(5)).pass(Duration.ofMinutes(5));
    assertThat(tail.lostBytes).isEqualTo(2);
  }

  private TestingTail tail() throws IOException {
    append(log, "");
    return new TestingTail(END, log.toString()).read();
  }
}
