/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.TestingTail.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bound on what is read at the start: what it skips is counted, line by line and byte by byte.
 */
class CatchUpTest {
  @TempDir Path directory;
  private Path log;

  @BeforeEach
  void setUp() {
    log = directory.resolve("pg.log");
  }

  @Test
  void shouldSkipWhatLiesTooFarBehindAndCountIt() throws IOException {
    append(log, "one\n");
    TestingTail tail = tail(12).read();
    tail.taken();
    restartBehind(tail, "aaaaa\nbbbbb\nccccc\nddddd\n");
    assertThat(tail.read().taken()).containsExactly("ccccc", "ddddd");
    assertThat(tail.lostBytes).isEqualTo(12);
    assertThat(tail.stream().lagBytes()).isZero();
  }

  @Test
  void shouldSkipTheRestOfTheLineInWhichTheBoundFalls() throws IOException {
    append(log, "one\n");
    TestingTail tail = tail(13).read();
    tail.taken();
    restartBehind(tail, "aaaaa\nbbbbb\nccccc\nddddd\n");
    assertThat(tail.read().taken()).containsExactly("ccccc", "ddddd");
    assertThat(tail.lostBytes).isEqualTo(12);
    assertThat(tail.committedBytes).isEqualTo(4 + 12);
  }

  @Test
  void shouldReadAllThatLiesWithinTheBound() throws IOException {
    append(log, "one\n");
    TestingTail tail = tail(12).read();
    tail.taken();
    restartBehind(tail, "aaaaa\nbbbbb\n");
    assertThat(tail.read().taken()).containsExactly("aaaaa", "bbbbb");
    assertThat(tail.lostBytes).isZero();
  }

  @Test
  void shouldSkipTheOldestGenerationFirst() throws IOException {
    append(log, "one\n");
    TestingTail tail = tail(6).read();
    tail.taken();
    restartBehind(
        tail,
        () -> {
          append(log, "aaaaa\nbbbbb\n");
          Files.move(log, directory.resolve("pg.log.1"));
          append(log, "ccccc\n");
        });
    assertThat(tail.read().taken()).containsExactly("ccccc");
    assertThat(tail.lostBytes).isEqualTo(12);
  }

  @Test
  void shouldNotSkipASecondTimeWhatItSkippedOnce() throws IOException {
    append(log, "one\n");
    TestingTail tail = tail(6).read();
    tail.taken();
    restartBehind(tail, "aaaaa\nbbbbb\n");
    tail.stream().read(0);
    tail.restart().read();
    assertThat(tail.taken()).containsExactly("bbbbb");
    assertThat(tail.lostBytes).isEqualTo(6);
  }

  @Test
  void shouldNotBoundWhatComesLater() throws IOException {
    append(log, "one\n");
    TestingTail tail = tail(6).read();
    tail.taken();
    append(log, "aaaaa\nbbbbb\nccccc\n");
    assertThat(tail.read().taken()).containsExactly("aaaaa", "bbbbb", "ccccc");
    assertThat(tail.lostBytes).isZero();
  }

  private TestingTail tail(long catchUpBytes) {
    TailLimits usual = TailLimits.DEFAULT;
    TailLimits limits =
        new TailLimits(
            usual.maxLineBytes(),
            usual.maxOpenFiles(),
            Duration.ofMillis(100),
            usual.lateWriter(),
            usual.deletedWriter(),
            catchUpBytes);
    return new TestingTail(
        new FileSource(List.of(log.toString()), FileSource.Start.BEGINNING, limits));
  }

  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }

  private void restartBehind(TestingTail tail, String text) throws IOException {
    restartBehind(tail, () -> append(log, text));
  }

  /** Stops, lets something be written, and starts again. */
  private static void restartBehind(TestingTail tail, Writing writing) throws IOException {
    StreamPosition position = tail.stream().position();
    writing.write();
    tail.restart(position);
  }
}
