/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A csvlog that is read from any line on, as at a first start and behind a part that was skipped:
 * the first line may lie inside of what a client wrote.
 */
final class CsvFromTheMiddleTest {
  private static final String FAILED =
      "2026-11-22 09:00:02.000 UTC,,,60,,6383.1,1,,2026-11-22 08:00:00 UTC,,0,LOG,00000,\"archive"
          + " command failed with exit code 1\",\"The failed archive command was: x"
          + " pg_wal/000000010000000000000001\",,,,,,,,\"\",\"archiver\",,0\n";

  /** How a client's statement goes on and ends. */
  private static final String REST = "select 1\",,,\"psql\",\"client backend\",,0\n";

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "\"\"\"\""})
  void shouldBelieveNoRecordInsideOfAStatement(String quotes) {
    String forged = FAILED.replace("exit code 1", "exit code 9").replace("\"", quotes);

    for (String text : new String[] {forged, "\n" + forged + forged, "x\n" + forged + "y,"}) {
      Found found = read(text + REST + FAILED + FAILED);

      assertThat(found.all(LogEvent.ArchiveCommandFailed.class))
          .extracting(LogEvent.ArchiveCommandFailed::code)
          .containsExactly(1, 1);
    }
  }

  @Test
  void shouldBelieveNoRecordBeforeTheEndOfAStatementInItsLine() {
    String forged = FAILED.replace("exit code 1", "exit code 9").replace("\"", "").trim();

    for (String end : new String[] {"\"", "\"\"\""}) {
      Found found = read(forged + end + REST.substring(REST.indexOf(',')) + FAILED);

      assertThat(found.events()).hasSize(1);
    }
  }

  @Test
  void shouldBelieveTheFirstRecordAtOnce() {
    assertThat(Golden.readText(FAILED).events()).hasSize(1);
    assertThat(read(FAILED).events()).hasSize(1);
    assertThat(read(FAILED.replace("\n", "\r\n")).events()).hasSize(1);
  }

  /** A disk that was full: the server goes on in the middle of what it could not write. */
  @ParameterizedTest
  @ValueSource(ints = {60, 130, 200})
  void shouldLoseNoMoreThanARecordThatWasTorn(int length) {
    String torn = FAILED.replace("pg_wal", "\"\"pg_wal\"\"").substring(0, length) + "\n";

    Found found = read(FAILED + torn + FAILED + FAILED);

    assertThat(found.events()).hasSize(3);
    assertThat(found.rejections()).hasSize(1 + 1);
  }

  private static Found read(String text) {
    return Golden.readText(
        "select\n" + text, new PipelineOptions("csvlog", null, null, Set.of(), true));
  }
}
