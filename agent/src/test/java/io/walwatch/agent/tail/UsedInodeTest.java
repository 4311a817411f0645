/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.FileSource.Start.BEGINNING;
import static io.walwatch.agent.tail.TestingTail.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that was made while it was down, and was given an inode that was used before. */
final class UsedInodeTest {
  @TempDir private Path directory;

  /** It has the inode of one that is gone, and begins with the same bytes. */
  @ParameterizedTest
  @CsvSource({"1000, 2000, 'same,b'", "1000, 1000, b", "0, 1000, b", "1000, 0, b"})
  void shouldTellFilesApartThatWereMadeAtDifferentTimes(long before, long after, String read)
      throws IOException {
    Path log = directory.resolve("pg.log");
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("*.log").toString());
    tail.disk.allBornAt(before);
    append(log, "same\n");
    assertThat(tail.read().taken()).containsExactly("same");
    append(log, "b\n");
    StreamPosition position = tail.stream().position();

    TestingTail next = tail.restart(position);
    next.disk.allBornAt(after);

    assertThat(String.join(",", next.read().taken())).isEqualTo(read);
  }

  /** It begins as the file itself does, and its name comes first. */
  @Test
  void shouldNotGoOnInACopyThatHasGrownWhereTheFileItselfIsThere() throws IOException {
    Path log = directory.resolve("pg.log");
    TestingTail tail = new TestingTail(BEGINNING, log.toString());
    append(log, "same\n");
    tail.read();
    Path itself = Files.move(log, directory.resolve("pg.log.9"));
    Files.copy(itself, log);
    tail.read();
    append(log, "b\n");
    tail.read();
    Files.move(log, directory.resolve("pg.log.8"));
    append(log, "c\n");
    assertThat(tail.read().taken()).endsWith("c");
    StreamPosition position = tail.stream().position();
    append(log, "d\n");

    assertThat(tail.restart(position).read().taken()).containsExactly("d");
  }
}
