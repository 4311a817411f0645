/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.FileSource.Start.END;
import static io.walwatch.agent.tail.TestingTail.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who began to write before a rotation has more to say when the old file was let go already. */
class LateWriterTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(2);

  @TempDir Path directory;
  private Path log;
  private TestingTail tail;

  @BeforeEach
  void setUp() throws IOException {
    log = directory.resolve("wal-e.log");
    append(log, "");
    tail = new TestingTail(END, log.toString()).read();
    append(log, "begin\n");
    tail.read().taken();
    rotate(log, 1);
    tail.read().pass(LONG).pass(SOON);
    assertThat(tail.disk.open()).as("only the log itself").isEqualTo(1);
  }

  @Test
  void shouldReadWhatIsWrittenToTheRotatedFileLongAfterItWasLetGo() throws IOException {
    append(generation(1), "complete\n");
    assertThat(tail.pass(SOON).taken()).containsExactly("complete");
    tail.pass(LONG).pass(SOON);
    append(generation(1), "again\n");
    assertThat(tail.pass(SOON).taken()).containsExactly("again");
    assertThat(tail.lostBytes).isZero();
    tail.pass(LONG);
    assertThat(tail.disk.open()).isEqualTo(1);
  }

  @Test
  void shouldReadItUnderTheNameThatALaterRotationOfOthersGaveIt() throws IOException {
    Files.move(generation(1), generation(2));
    append(generation(2), "complete\n");
    assertThat(tail.pass(SOON).taken()).containsExactly("complete");
  }

  @Test
  void shouldReadWhatIsWrittenToTheOneBeforeTheLast() throws IOException {
    append(log, "second\n");
    Files.move(generation(1), generation(2));
    rotate(log, 1);
    assertThat(tail.read().taken()).containsExactly("second");
    tail.pass(LONG).pass(SOON);
    append(generation(2), "complete\n");
    assertThat(tail.pass(SOON).taken()).containsExactly("complete");
    append(generation(1), "third\n");
    assertThat(tail.pass(SOON).taken()).containsExactly("third");
    assertThat(tail.lostBytes).isZero();
  }

  @Test
  void shouldReadItAlsoAfterARestart() throws IOException {
    tail.restart().pass(LONG).pass(SOON);
    append(generation(1), "complete\n");
    assertThat(tail.pass(SOON).taken()).containsExactly("complete");
    assertThat(tail.restart().pass(SOON).taken()).isEmpty();
  }

  @Test
  void shouldReadNothingTwiceOfARotatedFileThatIsCompressedOrDeleted() throws IOException {
    Files.delete(generation(1));
    append(generation(1), "another file, of which nobody knows where it comes from\n");
    tail.pass(SOON);
    Files.delete(generation(1));
    append(log, "live\n");
    assertThat(tail.pass(SOON).taken()).containsExactly("live");
    assertThat(tail.lostBytes).isZero();
  }

  @Test
  void shouldCallTheDiskForNoMoreThanTheLastFourOfManyGenerations() throws IOException {
    int ofOne = callsOfALook();
    for (int round = 0; round < 20; round++) {
      append(log, "round " + round + "\n");
      tail.read();
      IntStream.iterate(round + 1, i -> i > 0, i -> i - 1)
          .forEach(i -> rotate(generation(i), i + 1));
      rotate(log, 1);
      tail.read().pass(LONG).pass(SOON);
    }
    assertThat(callsOfALook()).isEqualTo(ofOne + 3);
  }

  private int callsOfALook() {
    tail.pass(Duration.ofMinutes(1));
    tail.disk.afterCalls(Integer.MAX_VALUE, () -> {});
    tail.pass(SOON);
    return Integer.MAX_VALUE - tail.disk.callsLeft();
  }

  private void rotate(Path from, int number) {
    try {
      Files.move(from, generation(number));
      if (from.equals(log)) {
        append(log, "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path generation(int number) {
    return log.resolveSibling(log.getFileName() + "." + number);
  }
}
