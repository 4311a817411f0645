/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk may fail at any call and be well again a moment later. Here the first call of a look fails
 * (EIO), then the second, and so on to the last; each time every line must come, and come once, and
 * no descriptor may stay open.
 */
class BrokenMeanwhileTest {
  private static final int GENERATIONS_KEPT = 4;

  @TempDir private Path directory;

  @Test
  void shouldMissNothingWhenTheFirstLookFails() throws IOException {
    play((log, tail) -> log.write(3));
  }

  @Test
  void shouldMissNothingWhenTheLookAfterARestartFails() throws IOException {
    play(
        (log, tail) -> {
          readFour(log, tail);
          rotateTwice(log);
          compress(log.generation(2));
          tail.restart();
        });
  }

  @Test
  void shouldMissNothingWhenALookAfterARotationFails() throws IOException {
    play(
        (log, tail) -> {
          readFour(log, tail);
          rotateTwice(log);
        });
  }

  @Test
  void shouldMissNothingWhenALookAfterCopytruncateFails() throws IOException {
    play(
        (log, tail) -> {
          readFour(log, tail);
          log.write(3);
          Files.copy(log.path, log.generation(1));
          TestingTail.truncate(log.path, "");
          log.write(3);
        });
  }

  @Test
  void shouldCountNothingThatWasThereBeforeWhenTheFirstLookFails() throws IOException {
    boolean happened = true;
    for (int call = 0; happened; call++) {
      NumberedLog log = new NumberedLog(directory.resolve("call-" + call));
      log.write(3);
      TestingTail tail = new TestingTail(FileSource.Start.END, log.path.toString());
      happened = failAt(call, tail);
      log.forget();
      log.write(2);
      tail.pass(Duration.ofSeconds(5));
      close(log, tail, call);
    }
  }

  /** What happens to a log before the look that fails. */
  @FunctionalInterface
  private interface Story {
    void happen(NumberedLog log, TestingTail tail) throws IOException;
  }

  private void play(Story story) throws IOException {
    boolean happened = true;
    for (int call = 0; happened; call++) {
      NumberedLog log = new NumberedLog(directory.resolve("call-" + call));
      TestingTail tail = new TestingTail(FileSource.Start.BEGINNING, log.path.toString());
      story.happen(log, tail);
      happened = failAt(call, tail);
      log.write(2);
      tail.pass(Duration.ofMinutes(1));
      close(log, tail, call);
    }
  }

  private static void readFour(NumberedLog log, TestingTail tail) throws IOException {
    log.write(4);
    tail.read();
  }

  private static void rotateTwice(NumberedLog log) throws IOException {
    log.write(3);
    log.rotate(GENERATIONS_KEPT);
    log.write(3);
    log.rotate(GENERATIONS_KEPT);
    log.write(3);
  }

  /** Returns whether the look was long enough to have that call. */
  private static boolean failAt(int call, TestingTail tail) {
    tail.disk.failOnceAfterCalls(call);
    tail.read();
    boolean happened = !tail.disk.isMeanwhileToCome();
    tail.pass(Duration.ofSeconds(5));
    return happened;
  }

  private static void close(NumberedLog log, TestingTail tail, int call) {
    assertThat(tail.lines)
        .as("failed at call %d, told %s", call, tail.told)
        .containsExactlyInAnyOrderElementsOf(log.written());
    tail.stream().close();
    assertThat(tail.disk.open()).as("descriptors, failed at call %d", call).isZero();
  }

  private static void compress(Path plain) throws IOException {
    Path compressed = plain.resolveSibling(plain.getFileName() + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      Files.copy(plain, out);
    }
    Files.setLastModifiedTime(compressed, Files.getLastModifiedTime(plain));
    Files.delete(plain);
  }
}
