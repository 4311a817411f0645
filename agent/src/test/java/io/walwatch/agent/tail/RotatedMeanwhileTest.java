/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A look at a directory takes many calls, and logrotate waits for none of them. Here a whole chain
 * of renames happens before the first call of a look, then before the second, and so on to the
 * last; each time every line must come, and come once.
 */
class RotatedMeanwhileTest {
  private static final int GENERATIONS_KEPT = 8;

  @TempDir private Path directory;

  private final List<String> written = new ArrayList<>();
  private Path log = Path.of("");

  @Test
  void shouldMissNothingWhenTheChainMovesDuringTheFirstLookAfterARestart() throws IOException {
    for (int call = 0; play(call, true); call++) {
      // Each call is a place of its own.
    }
  }

  @Test
  void shouldMissNothingWhenTheChainMovesWhileItRuns() throws IOException {
    for (int call = 0; play(call, false); call++) {
      // As above.
    }
  }

  /** Returns whether the look was long enough to have that call. */
  private boolean play(int call, boolean restart) throws IOException {
    log = Files.createDirectory(directory.resolve(restart + "-" + call)).resolve("wal-e.log");
    written.clear();
    write(4);
    TestingTail tail = new TestingTail(FileSource.Start.BEGINNING, log.toString()).read();
    for (int generation = 0; generation < 3; generation++) {
      rotateAndWrite();
    }
    if (restart) {
      tail.restart();
    }
    tail.disk.afterCalls(call, this::rotateAndWrite);
    tail.read();
    boolean happened = !tail.disk.isMeanwhileToCome();
    for (int generation = 0; generation < 3; generation++) {
      rotateAndWrite();
      tail.pass(Duration.ofSeconds(2));
    }
    tail.pass(Duration.ofMinutes(1));
    assertThat(tail.lines)
        .as("renamed before call %d", call)
        .containsExactlyInAnyOrderElementsOf(written);
    tail.stream().close();
    return happened;
  }

  private void rotateAndWrite() {
    try {
      for (int generation = GENERATIONS_KEPT; generation >= 1; generation--) {
        Path from = generation == 1 ? log : rotated(generation - 1);
        if (Files.exists(from)) {
          Files.move(from, rotated(generation), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      write(3);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
