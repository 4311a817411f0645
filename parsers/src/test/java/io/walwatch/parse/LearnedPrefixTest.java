/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs whose prefix nobody told, and which is none of the common ones. */
final class LearnedPrefixTest {
  private static final String WALG = "INFO: 2026/11/22 10:00:06 FILE PATH: @";
  private static final String SEGMENT = "/000000010000000000000001";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22 09:06:37.476 UTC (5) ",
        "2026-11-22 09:06:37 UTC; [5]; ",
        "1795338397.476 [5-12] 6b02b0ca.1c97: ",
        "[5]: 2026-11-22 09:06:37 UTC: ",
        "2026-11-22 09:06:37 UTC|||[5]: ",
        "2026-11-22 09:06:37 UTC [5] / user= db= ",
        "5 2026-11-22 09:06:37 UTC ",
        "<2026-11-22 09:06:37.476 UTC 5>",
        "<2026-11-22 09:06:37.476 UTC 5> ",
        "2026-11-22 09:06:37.476 UTC;5;",
        "2026-11-22 09:06:37 UTC 5 ",
        "2026-11-22 09:06:37.476 UTC|5|||",
        "1795338397.476 5 ",
        "5 2026-11-22 09:06:37.476 UTC ",
        "6b02b0ca.1c97 2026-11-22 09:06:37.476 UTC ",
        "6b02b0ca.9 2026-11-22 09:06:37 UTC ",
      })
  void shouldReadTheArchiversMessages(String prefix) {
    Found found = Golden.readText(failure(prefix));

    assertThat(found.all(LogEvent.ArchiveCommandFailed.class))
        .extracting(failed -> String.valueOf(failed.at()).substring(0, 19) + " " + failed.file())
        .containsExactly("2026-11-22T09:06:37 " + WalFile.parse("000000010000000000000001"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22 09:06:37 UTC|ann|shop|[7]: ",
        "2026-11-22 09:06:37 UTC (7) ann/shop ",
        "2026-11-22 09:06:37 UTC [7] / user=ann db=shop ",
      })
  void shouldTakeWordsInAPrefixForAClients(String prefix) {
    Found found = Golden.readText(failure(prefix));

    assertThat(found.events()).isEmpty();
    assertThat(found.rejected().keySet()).containsExactly("FORGED postgres: written by a session");
  }

  /** As rsync --stats does. */
  @Test
  void shouldLearnThePrefixBehindAnyOutputOfAScript() {
    String output = "Total bytes sent:  12\n".repeat(1_000);

    Found found = Golden.readText(output + failure("2026-11-22 09:06:37.476 UTC (5) "));

    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(1);
  }

  @Test
  void shouldTellSessionsFromTheArchiverInOneLog() {
    String plain = "2026-11-22 09:06:37.476 UTC (5) ";
    String session = "2026-11-22 09:06:37.476 UTC (7) ann/shop ";

    Found found = Golden.readText(failure(plain) + failure(session) + failure(plain));

    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(2);
    assertThat(found.rejections()).hasSize(1);
  }

  @Test
  void shouldNotReadAMessageOutOfAnApplicationName() {
    Found found =
        Golden.readText(
            """
            2026-11-22 09:06:37 UTC [7] WARNING:  archive_mode enabled, yet archiving is not configured LOG:  x
            2026-11-22 09:06:37 UTC [7] LOG:  database system is shut down ERROR:  x
            2026-11-22 09:06:37 UTC [7] LOG:  starting PostgreSQL 15.20 on x WARNUNG:  64-bit
            """);

    assertThat(found.events()).isEmpty();
    assertThat(found.rejections()).hasSize(3);
  }

  @Test
  void shouldNotTakeAnApplicationForTheArchiverThatIsCalledSo() {
    // A function that the protocol's own call runs (PQfn) leaves no STATEMENT, one in C no CONTEXT.
    Found found =
        Golden.readText(
            """
            2026-11-22 09:06:37.476 UTC [7] archiver ERROR:  division by zero
            2026-11-22 09:06:37.476 UTC [7] archiver ERROR:  value out of range
            """);

    assertThat(found.events()).isEmpty();
  }

  @Test
  void shouldBelieveNoOutputBehindATornNameOfAnyPrefix() {
    String torn = "2026-11-22 09:06:37.476 UTC [77] x\n" + WALG + SEGMENT + "\n";
    String flip = "2026-11-22 09:06:37.476 UTC [77] x\n2026-11-22 09:06:37.476 UTC [5] LOG:  y\n";
    String session = "2026-11-22 09:06:36.000 UTC [70] ann@db LOG:  statement: select 1\n";
    String rest = "@db FATAL:  role does not exist\n";
    String pause = "2026-11-22 09:06:36.000 UTC [5] LOG:  " + "x".repeat(300) + "\n";

    assertThat(Golden.readText(torn + rest).events()).isEmpty();
    assertThat(Golden.readText(session + torn + rest).events()).isEmpty();
    assertThat(Golden.readText(session + flip + rest + pause + torn + rest).events()).isEmpty();
    assertThat(Golden.readText(session + WALG + SEGMENT + "\n").events()).hasSize(1);
  }

  private static String failure(String prefix) {
    return prefix
        + "LOG:  archive command failed with exit code 1\n"
        + prefix
        + "DETAIL:  The failed archive command was: cp pg_wal"
        + SEGMENT
        + " /x\n";
  }
}
