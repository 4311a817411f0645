/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
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
    NumberedLog log = new NumberedLog(directory.resolve(restart + "-" + call));
    log.write(4);
    TestingTail tail = new TestingTail(FileSource.Start.BEGINNING, log.path.toString()).read();
    for (int generation = 0; generation < 3; generation++) {
      rotateAndWrite(log);
    }
    if (restart) {
      tail.restart();
    }
    tail.disk.afterCalls(call, () -> rotateAndWrite(log));
    tail.read();
    boolean happened = !tail.disk.isMeanwhileToCome();
    for (int generation = 0; generation < 3; generation++) {
      rotateAndWrite(log);
      tail.pass(Duration.ofSeconds(2));
    }
    tail.pass(Duration.ofMinutes(1));
    assertThat(tail.lines)
        .as("renamed before call %d", call)
        .containsExactlyInAnyOrderElementsOf(log.written());
    tail.stream().close();
    return happened;
  }

  private static void rotateAndWrite(NumberedLog log) {
    try {
      log.rotate(GENERATIONS_KEPT);
      log.write(3);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
