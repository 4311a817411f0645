/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One agent at a time, and a directory that cannot be used. */
final class StateDirectoryTest {
  @TempDir private Path parent;

  @Test
  void shouldCreateTheDirectory() throws UsageException {
    try (StateDirectory directory = StateDirectory.open(parent.resolve("a/b"))) {
      assertThat(directory.path()).isDirectory();
    }
  }

  @Test
  void shouldRefuseASecondAgent() throws UsageException {
    try (StateDirectory first = StateDirectory.open(parent)) {
      assertThat(first.path()).isEqualTo(parent);
      assertThatThrownBy(() -> StateDirectory.open(parent))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining(parent + " is in use by another walwatch");
    }
  }

  @Test
  void shouldLetTheNextAgentInWhenTheFirstHasEnded() throws UsageException {
    StateDirectory.open(parent).close();
    StateDirectory next = StateDirectory.open(parent);
    assertThat(next.path()).isEqualTo(parent);
    next.close();
  }

  @Test
  void shouldWorkWithoutMemoryWhereTheDirectoryCannotBeWritten()
      throws UsageException, IOException {
    Path file = Files.createFile(parent.resolve("file"));
    try (LogCapture log = LogCapture.open();
        StateDirectory directory = StateDirectory.open(file.resolve("state"))) {
      assertThat(directory.path()).isEqualTo(file.resolve("state"));
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("ERROR The state directory " + file.resolve("state") + " cannot be written");
    }
  }
}
