/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client of the server can write into its log must not be believed. Each text is what the
 * server would write when somebody tried it.
 */
final class ForgeryTest {
  private static final String HEAD =
      "wal_e.worker.upload INFO     MSG: completed archiving to a file\n";
  private static final String STRUCTURED =
      "        STRUCTURED: time=2026-11-22T09:06:39.400657-00 pid=5579 action=push-wal"
          + " key=s3://b/wal_005/000000010000000000000001.lzo prefix= rate=1.5"
          + " seg=000000010000000000000001 state=complete\n";

  @Test
  void shouldBelieveTheGenuineRecordThatTheOthersImitate() {
    assertThat(Golden.readText(HEAD + STRUCTURED).events()).hasSize(1);
  }

  @Test
  void shouldRefuseAWaleRecordThatASessionRaised() {
    Found found =
        Golden.readText(
            "2026-11-22 09:06:37.476 UTC [77] LOG:  "
                + HEAD
                + "\t"
                + STRUCTURED
                + "2026-11-22 09:06:37.476 UTC [77] CONTEXT:  PL/pgSQL function f() line 1 at RAISE\n");

    assertThat(found.events()).isEmpty();
    assertThat(found.rejected().keySet())
        .containsExactly("FORGED wal-e: inside a message of the server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOG:  x", "LOG:  duration: 1 ms", "ERROR:  x", "NOTICE:  x"})
  void shouldShowAWaleRecordBehindTheFirstLineOfAMessage(String first) {
    String line = "2026-11-22 09:06:37.476 UTC [77] " + first + "\n";
    String text = line + "\t" + HEAD + "\t" + STRUCTURED;

    for (Found found :
        List.of(
            Golden.readText(line + text + line),
            Golden.readText("Nov 22 09:06:37 db1 postgres[77]: [4] " + syslog(text)))) {
      assertThat(found.events()).isEmpty();
      assertThat(found.rejected())
          .isEqualTo(Map.of("FORGED wal-e: inside a message of the server", 1));
    }
  }

  private static String syslog(String text) {
    return text.replace("\n", "#012").replace("\t", "#011") + "\n";
  }

  @Test
  void shouldNotJoinAForgedLastLineToAGenuineHeader() {
    Found found =
        Golden.readText(HEAD + "2026-11-22 09:06:37.476 UTC [77] LOG:  x\n\t" + STRUCTURED);

    assertThat(found.events()).isEmpty();
  }

  @Test
  void shouldRefuseAFailureThatASessionRaised() {
    Found found =
        Golden.readText(
            "2026-11-22 09:06:37.476 UTC [77] LOG:  archive command failed with exit code 1\n"
                + "2026-11-22 09:06:37.476 UTC [77] DETAIL:  The failed archive command was: cp"
                + " pg_wal/000000010000000000000001 /x\n"
                + "2026-11-22 09:06:37.476 UTC [77] CONTEXT:  PL/pgSQL function f() line 1 at"
                + " RAISE\n");

    assertThat(found.events()).isEmpty();
    assertThat(found.rejected().keySet())
        .containsExactly("FORGED postgres: raised in a query or function");
  }

  @Test
  void shouldRefuseAFailureOfAProcessWithAUser() {
    Found found =
        Golden.readText(
            "2026-11-22 09:06:37 UTC:[local]:eve@db:[77]:LOG:  archive command failed with exit"
                + " code 1\n");

    assertThat(found.events()).isEmpty();
    assertThat(found.rejected().keySet()).containsExactly("FORGED postgres: written by a session");
  }

  @Test
  void shouldKeepLinesInsideOfAQuotedCsvFieldThere() {
    String record =
        "2026-11-22 09:07:24.861 UTC,,,7319,,6b02b0ca.1c97,1,,2026-11-22 09:07:22 UTC,,0,LOG,00000,"
            + "\"archive command failed with exit code 1\",,,,,,,,,\"\",\"archiver\",,0\n";
    String session =
        "2026-11-22 09:08:36.048 UTC,\"eve\",\"db\",5,\"[local]\",6b.5,1,\"x\",2026-11-22 09:08:36"
            + " UTC,3/6,0,LOG,00000,\"statement: select 1 --\n"
            + record.replace("\"", "\"\"")
            + "\",,,,,,,,,\"psql\",\"client backend\",,0\n";

    Found found = Golden.readText(record + session + record);

    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(2);
    assertThat(found.rejections()).isEmpty();
  }

  @Test
  void shouldRefuseArchiverWordsOfAnotherBackgroundProcess() {
    String record =
        "2026-11-22 09:07:24.861 UTC,,,7319,,6b02b0ca.1c97,1,,2026-11-22 09:07:22 UTC,,0,LOG,00000,"
            + "\"archive command failed with exit code 1\",,,,,,,,,\"\",\"autovacuum worker\",,0\n";

    Found found = Golden.readText(record);

    assertThat(found.events()).isEmpty();
    assertThat(found.rejected().keySet())
        .containsExactly("FORGED postgres: written by another process than the archiver");
  }

  @Test
  void shouldRefuseAMissingSegmentThatAFunctionRaised() {
    Found found =
        Golden.readText(
            "2026-11-22 09:06:37.476 UTC [77] ERROR:  requested WAL segment"
                + " 000000010000000000000001 has already been removed\n"
                + "2026-11-22 09:06:37.476 UTC [77] CONTEXT:  PL/pgSQL function f() line 1 at"
                + " RAISE\n");

    assertThat(found.events()).isEmpty();
    assertThat(found.rejections()).hasSize(1);
  }

  @Test
  void shouldRefuseAForgedFailureInALogOfAnotherLanguage() {
    Found found =
        Golden.readText(
            "2026-11-22 09:10:43.066 UTC [9] LOG:  Archivbefehl ist fehlgeschlagen mit Statuscode 1\n"
                + "2026-11-22 09:10:43.066 UTC [9] DETAIL:  Der fehlgeschlagene Archivbefehl war:"
                + " cp pg_wal/000000010000000000000008 /x\n"
                + "2026-11-22 09:10:43.066 UTC [9] ZUSAMMENHANG:  PL/pgSQL-Funktion f() Zeile 1 bei"
                + " RAISE\n"
                + "2026-11-22 09:10:43.066 UTC [9] ANWEISUNG:  select f()\n");

    assertThat(found.events()).isEmpty();
    assertThat(found.rejections()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {20_000, 70_000, 300_000})
  void shouldRefuseAFailureWhoseContextDoesNotFit(int length) {
    Found found =
        Golden.readText(
            "2026-11-22 09:06:37.476 UTC [77] LOG:  archive command failed with exit code 1\n"
                + "2026-11-22 09:06:37.476 UTC [77] DETAIL:  pg_wal/000000010000000000000001\n\t"
                + "x".repeat(length)
                + "\n2026-11-22 09:06:37.476 UTC [77] CONTEXT:  PL/pgSQL function f() line 1 at"
                + " RAISE\n");

    assertThat(found.events()).isEmpty();
    assertThat(found.rejections()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR:  requested WAL segment 000000010000000000000001 has already been removed\n@\n"
            + "2026-11-22 09:06:37.476 UTC [77] DETAIL:  START_REPLICATION\n\t",
        "WARNING:  still waiting for all required WAL segments to be archived (60 seconds elapsed)"
            + "\n2026-11-22 09:06:37.476 UTC [77] DETAIL:  "
      })
  void shouldRefuseWhatAnybodyMaySayWhereItsContextDoesNotFit(String message) {
    for (int length : new int[] {20_000, 70_000, 300_000}) {
      Found found =
          Golden.readText(
              "2026-11-22 09:06:37.476 UTC [77] "
                  + message.replace("@\n", "")
                  + "x".repeat(length)
                  + "\n2026-11-22 09:06:37.476 UTC [77] CONTEXT:  PL/pgSQL function f() line 1 at"
                  + " RAISE\n");

      assertThat(found.events()).as("%s", length).isEmpty();
    }
  }

  @Test
  void shouldBelieveAServerThatPanicsAmidALongStatement() {
    Found found =
        Golden.readText(
            "2026-11-22 09:06:37.476 UTC [77] PANIC:  could not write to file"
                + " \"pg_wal/xlogtemp.77\": No space left on device\n"
                + "2026-11-22 09:06:37.476 UTC [77] STATEMENT:  "
                + "x".repeat(300_000)
                + "\n");

    assertThat(found.all(LogEvent.WalOutOfSpace.class)).hasSize(1);
  }

  @Test
  void shouldGoOnWithTheArchiversOwnRecordsAfterAllOfThis() {
    List<LogEvent> events =
        Golden.readText(
                "2026-11-22 09:06:37.476 UTC [77] LOG:  x\n\tLOG:  archive command failed\n"
                    + "2026-11-22 09:06:37.476 UTC [5] LOG:  archive command failed with exit code"
                    + " 1\n"
                    + "2026-11-22 09:06:37.476 UTC [5] DETAIL:  The failed archive command was:"
                    + " /bin/false\n")
            .events();

    assertThat(events).hasSize(1);
  }
}
