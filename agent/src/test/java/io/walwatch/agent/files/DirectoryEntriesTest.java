/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories, and a disk that fails while one is read. */
final class DirectoryEntriesTest {
  @TempDir private Path directory;

  @Test
  void shouldListInOrder() throws IOException {
    Path second = Files.createFile(directory.resolve("b.txt"));
    Path first = Files.createFile(directory.resolve("a.txt"));
    Path other = Files.createFile(directory.resolve(".c"));

    assertThat(DirectoryEntries.list(directory)).containsExactly(other, first, second);
    assertThat(DirectoryEntries.list(directory, "*.txt")).containsExactly(first, second);
  }

  @Test
  void shouldSayThatADirectoryIsMissing() {
    assertThatThrownBy(() -> DirectoryEntries.list(directory.resolve("gone")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void shouldSayThatADiskFailsMeanwhileAsItSaysThatItFailsAtOnce() {
    Iterable<Path> failing =
        () -> {
          throw new DirectoryIteratorException(new IOException("Input/output error"));
        };

    assertThatThrownBy(() -> DirectoryEntries.visit(failing, entry -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("Input/output error");
  }
}
