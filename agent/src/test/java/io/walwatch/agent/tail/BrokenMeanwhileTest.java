/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk may fail at any call and be well again a moment later. Here the first call of a look fails
 * (EIO), then the second, and so on to the last; each time every line must come, and come once, and
 * no descriptor may stay open.
 */
class BrokenMeanwhileTest {
  @TempDir private Path directory;

  private final List<String> written = new ArrayList<>();
  private Path log = Path.of("");

  @Test
  void shouldMissNothingWhenTheFirstLookFails() throws IOException {
    play(tail -> {}, tail -> write(3));
  }

  @Test
  void shouldMissNothingWhenTheLookAfterARestartFails() throws IOException {
    play(
        tail -> {
          write(4);
          tail.read();
        },
        tail -> {
          write(3);
          rotate();
          write(3);
          rotate();
          compress(2);
          write(3);
          tail.restart();
        });
  }

  @Test
  void shouldMissNothingWhenALookAfterARotationFails() throws IOException {
    play(
        tail -> {
          write(4);
          tail.read();
        },
        tail -> {
          write(3);
          rotate();
          write(3);
          rotate();
          write(3);
        });
  }

  @Test
  void shouldMissNothingWhenALookAfterCopytruncateFails() throws IOException {
    play(
        tail -> {
          write(4);
          tail.read();
        },
        tail -> {
          write(3);
          Files.copy(log, rotated(1));
          TestingTail.truncate(log, "");
          write(3);
        });
  }

  @Test
  void shouldCountNothingThatWasThereBeforeWhenTheFirstLookFails() throws IOException {
    boolean happened = true;
    for (int call = 0; happened; call++) {
      begin("end-" + call);
      write(3);
      TestingTail tail = new TestingTail(FileSource.Start.END, log.toString());
      tail.disk.failOnceAfterCalls(call);
      tail.read();
      happened = !tail.disk.isMeanwhileToCome();
      tail.pass(Duration.ofSeconds(5));
      written.clear();
      write(2);
      tail.pass(Duration.ofSeconds(5));
      close(tail, call);
    }
  }

  @FunctionalInterface
  private interface Step {
    void take(TestingTail tail) throws IOException;
  }

  private void play(Step before, Step between) throws IOException {
    boolean happened = true;
    for (int call = 0; happened; call++) {
      begin("call-" + call);
      TestingTail tail = new TestingTail(FileSource.Start.BEGINNING, log.toString());
      before.take(tail);
      between.take(tail);
      tail.disk.failOnceAfterCalls(call);
      tail.read();
      happened = !tail.disk.isMeanwhileToCome();
      tail.pass(Duration.ofSeconds(5));
      write(2);
      tail.pass(Duration.ofMinutes(1));
      close(tail, call);
    }
  }

  private void begin(String name) throws IOException {
    log = Files.createDirectory(directory.resolve(name)).resolve("wal-e.log");
    written.clear();
  }

  private void close(TestingTail tail, int call) {
    assertThat(tail.lines)
        .as("failed at call %d, told %s", call, tail.told)
        .containsExactlyInAnyOrderElementsOf(written);
    tail.stream().close();
    assertThat(tail.disk.open()).as("descriptors, failed at call %d", call).isZero();
  }

  private void rotate() throws IOException {
    for (int generation = 4; generation >= 1; generation--) {
      Path from = generation == 1 ? log : rotated(generation - 1);
      if (Files.exists(from)) {
        Files.move(from, rotated(generation), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void compress(int generation) throws IOException {
    Path plain = rotated(generation);
    Path compressed = plain.resolveSibling(plain.getFileName() + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      Files.copy(plain, out);
    }
    Files.setLastModifiedTime(compressed, Files.getLastModifiedTime(plain));
    Files.delete(plain);
  }

  private Path rotated(int generation) {
    return log.resolveSibling("wal-e.log." + generation);
  }

  private void write(int lines) throws IOException {
    for (int line = 0; line < lines; line++) {
      String text = "line " + written.size();
      written.add(text);
      TestingTail.append(log, text + "\n");
    }
  }
}
