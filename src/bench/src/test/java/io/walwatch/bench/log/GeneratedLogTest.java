/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generator's own counts are the truth of the benchmarks, so they are counted here by text. */
class GeneratedLogTest {
  @TempDir Path directory;

  @Test
  void shouldCountWhatItWrites() throws Exception {
    Path log = directory.resolve("postgresql.log");
    LogCounts counts = GeneratedLog.write(log, 64L << 20);

    List<String> lines = Files.readAllLines(log);
    assertThat(counts.bytes()).isEqualTo(Files.size(log)).isGreaterThanOrEqualTo(64L << 20);
    assertThat(counts.lines()).isEqualTo(lines.size());
    assertThat(counts.begun()).isEqualTo(count(lines, " state=begin"));
    assertThat(counts.completed()).isEqualTo(count(lines, " state=complete")).isPositive();
    assertThat(counts.failures()).isEqualTo(count(lines, "archive command failed")).isPositive();
  }

  private static long count(List<String> lines, String text) {
    return lines.stream().filter(line -> line.contains(text)).count();
  }
}
