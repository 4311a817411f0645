/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A copytruncate may come between any two calls of a look at a log of which nothing was read yet:
 * before the first call, before the second, and so on; each time every line must come once.
 */
class CopiedMeanwhileTest {
  @TempDir private Path directory;

  @Test
  void shouldReadOnceWhatIsCopiedAndTruncatedMeanwhile() throws IOException {
    for (int call = 0; play(call); call++) {
      // Each call is a place of its own.
    }
  }

  /** Returns whether the look was long enough to have that call. */
  private boolean play(int call) throws IOException {
    NumberedLog log = new NumberedLog(directory.resolve("call-" + call));
    TestingTail.append(log.path, "");
    TestingTail tail = new TestingTail(FileSource.Start.BEGINNING, log.path.toString()).read();
    log.write(40);
    tail.disk.afterCalls(call, () -> copyTruncate(log));
    tail.read();
    boolean happened = !tail.disk.isMeanwhileToCome();
    log.write(3);
    tail.pass(Duration.ofSeconds(2)).pass(Duration.ofMinutes(1));
    assertThat(tail.lines)
        .as("copied and truncated before call %d", call)
        .containsExactlyInAnyOrderElementsOf(log.written());
    assertThat(tail.lostBytes).isZero();
    tail.stream().close();
    return happened;
  }

  private static void copyTruncate(NumberedLog log) {
    try {
      Files.copy(log.path, log.generation(1), StandardCopyOption.COPY_ATTRIBUTES);
      TestingTail.truncate(log.path, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
