/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LastWrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last line of a file, and when it was written. */
final class LastWritesTest {
  private static final Instant AT = Instant.parse("2026-11-22T03:36:37Z");

  @TempDir private Path directory;

  @Test
  void shouldTellTheLastLineAndItsTime() throws IOException {
    String line = "2026-11-22 09:06:36.476 IST [7] LOG:  x";

    assertThat(read("a.log", "first\n" + line + "\n")).isEqualTo(new LastWrite(AT, line));
    assertThat(read("b.log", "x".repeat(20_000) + "\n" + line)).isEqualTo(new LastWrite(AT, line));
    assertThat(read("c.log", "")).isEqualTo(new LastWrite(AT, ""));
    assertThat(read("d.log", "\n")).isEqualTo(new LastWrite(AT, ""));
  }

  @Test
  void shouldTellNothingOfWhatIsNoPlainFile() throws IOException {
    assertThat(read("a.log", "x".repeat(20_000))).isNull();
    assertThat(read("a.log.gz", "x\n")).isNull();
    assertThat(LastWrites.of(directory.resolve("none.log").toString())).isNull();
    assertThat(LastWrites.of(directory.toString())).isNull();
    assertThat(LastWrites.of("-")).isNull();
    assertThat(LastWrites.of("\0")).isNull();
  }

  private @Nullable LastWrite read(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(AT));
    return LastWrites.of(file.toString());
  }
}
