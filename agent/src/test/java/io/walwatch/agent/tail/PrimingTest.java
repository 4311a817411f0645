/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.FileSource.Start.BEGINNING;
import static io.walwatch.agent.tail.FileSource.Start.END;
import static io.walwatch.agent.tail.TestingTail.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was there before a stream was first read is shown to the primers, and to nobody else. */
class PrimingTest {
  @TempDir Path directory;
  private Path log;

  @BeforeEach
  void setUp() {
    log = directory.resolve("pg.log");
  }

  @Test
  void shouldShowTheEndOfANewStreamToThePrimersOnly() throws IOException {
    append(log, "before\n");
    TestingTail tail = new TestingTail(END, log.toString()).read();
    assertThat(tail.primed).containsExactly("before");
    assertThat(tail.told).isEmpty();
    assertThat(tail.taken()).isEmpty();
    assertThat(tail.committedBytes).isZero();
    append(log, "after\n");
    assertThat(tail.read().taken()).containsExactly("after");
    assertThat(tail.primed).containsExactly("before");
  }

  @Test
  void shouldLeaveTheUnterminatedLineToTheHandlers() throws IOException {
    append(log, "before\nhal");
    TestingTail tail = new TestingTail(END, log.toString()).read();
    append(log, "f\n");
    assertThat(tail.read().taken()).containsExactly("half");
    assertThat(tail.primed).containsExactly("before");
  }

  @Test
  void shouldShowWholeLinesOfTheLastMebibyteOnly() throws IOException {
    append(log, "a line of 16 byt\n".repeat(1 << 16) + "z".repeat(15) + "\n");
    TestingTail tail = new TestingTail(END, log.toString()).read();
    long bytes = tail.primed.stream().mapToLong(line -> line.length() + 1).sum();
    assertThat(bytes).isBetween((1L << 20) - 17, 1L << 20);
    assertThat(tail.primed).startsWith("a line of 16 byt").endsWith("z".repeat(15));
  }

  @Test
  void shouldShowOfManyFilesThoseThatWereWrittenLast() throws IOException {
    String text = ("x".repeat(1023) + "\n").repeat(1024);
    for (int i = 0; i < 6; i++) {
      Path file = directory.resolve(i + ".log");
      append(file, text + "last of " + i + "\n");
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + i));
    }
    TestingTail tail = new TestingTail(END, directory.resolve("*.log").toString()).read();
    assertThat(tail.primed)
        .contains("last of 5", "last of 4", "last of 3", "last of 2")
        .doesNotContain("last of 1", "last of 0");
    assertThat(tail.primed.stream().mapToLong(line -> line.length() + 1).sum())
        .isLessThanOrEqualTo(4 << 20);
  }

  @Test
  void shouldNotPrimeWhatIsReadOrRemembered() throws IOException {
    append(log, "before\n");
    TestingTail all = new TestingTail(BEGINNING, log.toString()).read();
    assertThat(all.primed).isEmpty();
    assertThat(all.taken()).containsExactly("before");
    append(log, "after\n");
    assertThat(all.restart().read().primed).isEmpty();
  }

  @Test
  void shouldGoOnWhereTheEndCannotBeRead() throws IOException {
    append(log, "before\n");
    TestingTail tail = new TestingTail(END, log.toString());
    tail.disk.breakReads(log);
    tail.read();
    tail.disk.mend(log);
    append(log, "after\n");
    tail.pass(Duration.ofSeconds(5));
    assertThat(tail.taken()).containsExactly("after");
  }
}
