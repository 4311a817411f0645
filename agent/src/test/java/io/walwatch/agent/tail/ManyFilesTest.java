/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.FileSource.Start.BEGINNING;
import static io.walwatch.agent.tail.FileSource.Start.END;
import static io.walwatch.agent.tail.TestingTail.append;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many files, and one that floods, may cost the others. */
class ManyFilesTest {
  @TempDir Path directory;
  private Path log;
  private Path first;

  @BeforeEach
  void setUp() {
    log = directory.resolve("pg.log");
    first = directory.resolve("pg.log.1");
  }

  @Test
  void shouldReadAThousandFilesWithFewDescriptors() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      append(directory.resolve(i + ".log"), "old\n");
    }
    TailLimits limits =
        new TailLimits(
            1024,
            50,
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            TailLimits.UNLIMITED);
    TestingTail tail =
        new TestingTail(
            new FileSource(List.of(directory.resolve("*.log").toString()), END, limits));
    tail.read();
    assertThat(tail.stream().openFiles()).isEqualTo(1_000);
    for (int i = 0; i < 1_000; i += 10) {
      append(directory.resolve(i + ".log"), "new " + i + "\n");
    }
    for (int i = 0; i < 4; i++) {
      tail.pass(Duration.ofSeconds(1));
      assertThat(tail.disk.open()).isLessThanOrEqualTo(50);
    }
    assertThat(tail.taken()).hasSize(100).doesNotHaveDuplicates();
    append(directory.resolve("7.log"), "last\n");
    assertThat(tail.restart().read().taken()).containsExactly("last");
  }

  @Test
  void shouldTakeLittleMemoryForAThousandFilesThatAppearAtOnce() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      append(directory.resolve("pg-" + i + ".log"), "line of file " + i + "\n");
    }
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("*.log").toString());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    tail.read();
    assertThat(tail.lines).hasSize(1_000);
    // What is done for each pair of files must allocate nothing: it was 670 MB once.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(150L << 20);
  }

  /** Each handler is a pipeline: with one for each file an agent with 32 MiB of heap died. */
  @Test
  void shouldHoldFewHandlersForAThousandFiles() throws IOException {
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("*.log").toString()).read();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 1_000; i++) {
        append(directory.resolve("pg-" + i + ".log"), "line " + round + " of " + i + "\n");
      }
      tail.pass(Duration.ofSeconds(1));
      assertThat(tail.taken()).hasSize(1_000).doesNotHaveDuplicates();
      assertThat(tail.handlersHeld()).isBetween(1, 128);
      assertThat(tail.limited.get(TailBound.PIPELINES)).isPositive();
    }
    for (int i = 0; i < 1_000; i++) {
      Files.move(directory.resolve("pg-" + i + ".log"), directory.resolve("pg-" + i + ".log.1"));
      append(directory.resolve("pg-" + i + ".log.1"), "late\n");
    }
    tail.pass(Duration.ofSeconds(1));
    assertThat(tail.restart().read().pass(Duration.ofSeconds(1)).taken()).hasSize(1_000);
  }

  @Test
  void shouldNotLetAHandlerGoThatHoldsALine() throws IOException {
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("*.log").toString()).read();
    for (int i = 0; i < 1_000; i++) {
      append(directory.resolve("pg-" + i + ".log"), "half of ");
    }
    assertThat(tail.read().taken()).isEmpty();
    for (int i = 0; i < 1_000; i++) {
      append(directory.resolve("pg-" + i + ".log"), i + "\n");
    }
    assertThat(tail.read().taken()).hasSize(1_000).contains("half of 7");
  }

  @Test
  void shouldReadNewFilesAtOnceWhereDeletedOnesHoldAllDescriptors() throws IOException {
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("*.log").toString());
    for (int i = 0; i < 256; i++) {
      append(directory.resolve("pg-" + i + ".log"), "old " + i + "\n");
    }
    assertThat(tail.read().taken()).hasSize(256);
    for (int i = 0; i < 256; i++) {
      Files.delete(directory.resolve("pg-" + i + ".log"));
    }
    append(directory.resolve("new.log"), "new\n");
    assertThat(tail.read().taken()).containsExactly("new");
    assertThat(tail.limited).containsEntry(TailBound.FILES, 1L);
    assertThat(tail.disk.open()).isEqualTo(256);
    assertThat(tail.lostBytes).isZero();
  }

  @Test
  void shouldReadManyFilesThatAreAllRotatedAtOnceInAFewLooks() throws IOException {
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("*.log").toString()).read();
    for (int i = 0; i < 300; i++) {
      append(directory.resolve("pg-" + i + ".log"), "old " + i + "\n");
    }
    tail.read();
    for (int i = 0; i < 300; i++) {
      Files.move(directory.resolve("pg-" + i + ".log"), directory.resolve("pg-" + i + ".log.1"));
      append(directory.resolve("pg-" + i + ".log"), "new " + i + "\n");
    }
    tail.read();
    assertThat(tail.pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(1)).taken())
        .hasSize(600)
        .doesNotHaveDuplicates();
    append(directory.resolve("pg-7.log.1"), "late\n");
    assertThat(tail.pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(2)).taken())
        .containsExactly("late");
  }

  @Test
  void shouldCallTheDiskAFewTimesForEachOfAThousandLogsThatAreAllRotatedAtOnce()
      throws IOException {
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("*.log").toString()).read();
    for (int i = 0; i < 1_000; i++) {
      append(directory.resolve("pg-" + i + ".log"), "old " + i + "\n");
    }
    tail.read();
    for (int i = 0; i < 1_000; i++) {
      Files.move(directory.resolve("pg-" + i + ".log"), directory.resolve("pg-" + i + ".log.1"));
      append(directory.resolve("pg-" + i + ".log"), "new " + i + "\n");
    }
    int most = 0;
    for (int second = 0; second < 15; second++) {
      most = Math.max(most, calls(tail, Duration.ofSeconds(1)));
    }
    assertThat(tail.taken()).hasSize(2_000).doesNotHaveDuplicates();
    int atRestart = calls(tail.restart(), Duration.ZERO);
    for (int second = 0; second < 15; second++) {
      most = Math.max(most, calls(tail, Duration.ofSeconds(1)));
    }
    assertThat(tail.taken()).isEmpty();
    // Each of 2,000 files is looked at, listed, opened, compared and read: it was a million once.
    assertThat(Math.max(most, atRestart)).isLessThan(60_000);
  }

  private static int calls(TestingTail tail, Duration time) {
    tail.disk.afterCalls(Integer.MAX_VALUE, () -> {});
    tail.pass(time);
    return Integer.MAX_VALUE - tail.disk.callsLeft();
  }

  @Test
  void shouldGiveEachFileItsTurnWhileAnotherFloods() throws IOException {
    Path other = directory.resolve("quiet.log");
    append(log, "");
    append(other, "");
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("*.log").toString()).read();
    append(log, "flood\n".repeat(200_000));
    append(other, "quiet\n");
    tail.stream().read(300_000);
    tail.stream().read(300_000);
    assertThat(tail.lines).contains("quiet");
    assertThat(tail.stream().lagBytes()).isGreaterThan(400_000);
  }

  @Test
  void shouldCountLagOverAllGenerations() throws IOException {
    TestingTail tail = tail();
    append(log, "x\n".repeat(100));
    tail.stream().read(1);
    Files.move(log, first);
    append(log, "y\n".repeat(100));
    tail.stream().read(1);
    assertThat(tail.stream().lagBytes()).isEqualTo(398);
  }

  private TestingTail tail() throws IOException {
    append(log, "");
    return new TestingTail(END, log.toString()).read();
  }
}
