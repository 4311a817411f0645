/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The file names are those of the corpus and of PostgreSQL's manual. */
final class LogFileNamesTest {
  private static final String DEFAULT = "postgresql-%Y-%m-%d_%H%M%S.log";

  @Test
  void shouldMatchTheNamesOfAPatternAndNoOthers() {
    String glob = LogFileNames.ofPattern(DEFAULT);
    assertThat(matches(glob, "postgresql-2026-11-22_091029.log")).isTrue();
    assertThat(matches(glob, "postgresql-2026-11-22_091029.csv")).isFalse();
    assertThat(matches(glob, "postgresql-15-main.log")).isFalse();
    String weekday = LogFileNames.ofPattern("postgresql-%a.log");
    assertThat(matches(weekday, "postgresql-Mon.log")).isTrue();
    assertThat(matches(weekday, "pgbouncer-Mon.log")).isFalse();
    assertThat(matches(LogFileNames.ofPattern("%F 100%% %s"), "2026-11-22 100% 1795300000"))
        .isTrue();
    assertThat(matches(LogFileNames.ofPattern("pg.log"), "pg.log")).isTrue();
    assertThat(matches(LogFileNames.ofPattern("pg%"), "pg%")).isTrue();
  }

  @Test
  void shouldPutTheOtherFormatsBesideTheLog() {
    assertThat(LogFileNames.withSuffix(DEFAULT, ".csv"))
        .isEqualTo("postgresql-%Y-%m-%d_%H%M%S.csv");
    assertThat(LogFileNames.withSuffix("server", ".json")).isEqualTo("server.json");
  }

  @Test
  void shouldTakeWildcardsInNamesForLetters() {
    assertThat(matches(LogFileNames.literal("a[1]{x}*?\\.log"), "a[1]{x}*?\\.log")).isTrue();
    assertThat(matches(LogFileNames.literal("a*"), "ab")).isFalse();
    assertThat(matches(LogFileNames.ofPattern("a*%a"), "abMon")).isFalse();
  }

  @Test
  void shouldMatchNamesThatDifferInTheirNumbersOnly() {
    String glob = LogFileNames.likeThis("postgresql-2026-11-22_091029.log");
    assertThat(matches(glob, "postgresql-2026-11-23_000000.log")).isTrue();
    assertThat(matches(glob, "postgresql-Mon.log")).isFalse();
  }

  private static boolean matches(String glob, String name) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
  }
}
