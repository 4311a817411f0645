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
import java.nio.file.StandardCopyOption;
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
  void shouldCountWhatWasWrittenBehindTheCutOfAFileThatIsShorterStill() throws IOException {
    TestingTail tail = tail();
    append(log, "x".repeat(300) + "\n" + "y".repeat(600) + "\n" + "z".repeat(300) + "\n");
    tail.read().taken();
    cut(301);
    append(log, "new\n");
    assertThat(tail.read().taken()).isEmpty();
    assertThat(tail.lostBytes).as("more than is needed, and not less").isBetween(4L, 49L);
    append(log, "d\n");
    assertThat(tail.read().taken()).containsExactly("d");
  }

  @Test
  void shouldCountWhatWasWrittenBehindACutNearTheEnd() throws IOException {
    TestingTail tail = tail();
    append(log, "x".repeat(300) + "\nb\nanother line\n");
    tail.read().taken();
    cut(303);
    append(log, "new\n");
    assertThat(tail.read().taken()).isEmpty();
    assertThat(tail.lostBytes).isEqualTo(4);
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

  @Test
  void shouldCountWhatWasSeenInAFileThatWasEmptiedAndDeletedBetweenTwoLooks() throws IOException {
    TestingTail tail = tail();
    append(log, "a\nb\n");
    Files.move(log, directory.resolve("pg.log.1"));
    append(log, "");
    tail.stream().read(2);
    append(log, "x".repeat(300) + "\n");
    tail.stream().read(2);
    cut(0);
    Files.delete(log);
    append(log, "c\n");
    assertThat(tail.read().taken()).containsExactly("a", "b", "c");
    assertThat(tail.lostBytes).as("bytes that were seen and not read").isEqualTo(301);
  }

  @Test
  void shouldCountWhatWasEmptiedWhileSomethingOlderWasReadAndNotWhatCameAfterIt()
      throws IOException {
    TestingTail tail = tail();
    copyAndTruncate("old\n".repeat(100));
    append(log, "x".repeat(300) + "\n");
    tail.stream().read(10);
    cut(0);
    append(log, "y".repeat(300) + "\nlonger\n");
    tail.stream().read(10);
    assertThat(tail.read().taken())
        .hasSize(102)
        .startsWith("old")
        .endsWith("y".repeat(300), "longer");
    assertThat(tail.lostBytes).as("bytes that were seen and not read").isEqualTo(301);
  }

  @Test
  void shouldCountEachTimeWhatWasEmptiedWhileSomethingOlderWasRead() throws IOException {
    TestingTail tail = tail();
    copyAndTruncate("old\n".repeat(100));
    append(log, "x".repeat(300) + "\n");
    tail.stream().read(10);
    cut(0);
    append(log, "y".repeat(30) + "\n");
    tail.stream().read(10);
    cut(0);
    assertThat(tail.read().taken()).hasSize(100);
    assertThat(tail.lostBytes).as("bytes that were seen and not read").isEqualTo(332);
  }

  private void copyAndTruncate(String text) throws IOException {
    append(log, text);
    Files.copy(log, directory.resolve("pg.log.1"), StandardCopyOption.COPY_ATTRIBUTES);
    cut(0);
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
