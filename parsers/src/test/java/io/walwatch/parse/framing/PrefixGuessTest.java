/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line tells of the prefix that it was written with. */
final class PrefixGuessTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%m (%p) |2026-11-22 09:06:37.476 UTC (5433) LOG:  x",
        "%m; [%p]; |2026-11-22 09:06:37 CEST; [5433]; FATAL:  x",
        "%n [%p-%l] %c: |1795338397.476 [5433-12] 6b02b0ca.1c97: LOG:  x",
        "[%p]: [%l-%l] |[5433]: [12-1] ERROR:  x",
        "%m [%p] %e %v @ |2026-11-22 09:06:37.476 UTC [5433] XX000 3/617 @ LOG:  x",
        "%m|%a|%a|[%p]: |2026-11-22 09:06:37.476 UTC|ann|db|[7]: LOG:  x",
        "%m [%p] user=%a,db=%a |2026-11-22 09:06:37 UTC [7] user=ann,db=shop WARNING:  x",
        "%m [%p] user=,db= |2026-11-22 09:06:37 UTC [7] user=,db= LOG:  x",
        "%m [%p] %b |2026-11-22 09:06:37 UTC [7] autovacuum worker LOG:  x",
        "%% %m |% 2026-11-22 09:06:37 UTC LOG:  x",
      })
  void shouldNameThePartsThatShowThemselves(String line) {
    int bar = line.startsWith("%m|%a") ? line.indexOf("|2026") : line.indexOf('|');
    String setting = line.substring(0, bar);

    assertThat(PrefixGuess.of(line.substring(bar + 1))).isEqualTo(setting);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOG:  x",
        "",
        "psql:dump.sql:12: ERROR:  relation exists",
        "pg_basebackup: error: connection to server at port 5432 failed: FATAL:  no",
        "wal_e.main   ERROR    MSG: no storage prefix defined",
        "2026-11-22 09:24:40.649 P00   INFO: pushed WAL file",
        "2026-11-22 09:06:37.476 UTC [5433] a line of some program",
      })
  void shouldGuessNothingFromOtherLines(String line) {
    assertThat(PrefixGuess.of(line)).isNull();
  }

  @Test
  void shouldTakeTheFirstSeverityForTheEndOfThePrefix() {
    assertThat(PrefixGuess.of("(7) LOG:  archive command failed LOG:  x")).isEqualTo("(%p) ");
  }
}
