/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What any client can make the server say of its own accord, in any language, with the default
 * prefix: its names stand in quotation marks, its queries behind a colon.
 */
final class ForgedSentencesTest {
  private static final String TIME = "2026-11-22 09:00:01.000 UTC ";
  private static final String CLIENT = TIME + "[123] ";
  private static final String ARCHIVER = TIME + "[5] ";
  private static final String SEGMENT = "000000010000000000000001";
  private static final String STATUS = "pg_wal/archive_status/" + SEGMENT + ".ready";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FATAL:  password authentication failed for user \"u 1 %s\"|DETAIL:  Role \"u 1 %s\" does not"
            + " exist.",
        "FATAL:  Passwort-Authentifizierung für Benutzer »u 1 %s« fehlgeschlagen|DETAIL:  Rolle »u 1"
            + " %s« existiert nicht.",
        "FATAL:  authentification par mot de passe échouée pour l'utilisateur « u 1 %s »|DÉTAIL:  Le"
            + " rôle « u 1 %s » n'existe pas.",
        "FATAL:  ユーザー\"u 1: %s\"のパスワード認証に失敗しました|詳細:  ロール\"u 1: %s\"は存在しません。",
        "LOG:  Dauer: 12.345 ms  Ausführen <unnamed>: SELECT $1|DETAIL:  Parameter: $1 = '%s'",
        "LOG:  Ausführen S_1: SELECT $1|DETAIL:  Parameter: $1 = 'x %s'",
        "LOG:  Ausführen x 5: SELECT $1|DETAIL:  Parameter: $1 = 'x %s'",
        "LOG:  Anweisung: EXECUTE x /* 5 */|DETAIL:  prepare: PREPARE x AS SELECT '%s'",
        "LOG:  Anweisung: EXECUTE x -- 5: y|DETAIL:  prepare: PREPARE x AS SELECT '%s'",
        "LOG:  execute fetch from S 1: SELECT 1|DETAIL:  parameters: $1 = '%s'",
        "LOG:  Prozess 123 wartet auf Transaktion 5|DETAIL:  Prozess: %s",
      })
  void shouldNotTakeItForAFailedAttempt(String message) {
    assertThat(read(message, CLIENT).events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WARNING:  no privileges were granted for \"%s\"",
        "WARNING:  es wurden keine Privilegien für »%s« gewährt",
        "WARNING:  no privileges were granted for \"archive_mode\"",
        "WARNING:  es wurden keine Privilegien für »archive_mode« gewährt",
        "WARNING:  skipping archive_mode",
        "WARNING:  \"archive_mode\" wird übersprungen",
        "WARNING:  no privileges were granted for \"a/archive_status/%s.ready\"",
        "WARNING:  no privileges were granted for \"pg_wal/archive_status/%s.ready\"",
        "WARNING:  es wurden keine Privilegien für »pg_wal/archive_status/%s.ready« gewährt",
      })
  void shouldNotTakeAnObjectForAFile(String message) {
    assertThat(read(message, CLIENT).events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOG:  Anweisung: SELECT 'PostgreSQL 15.1 , compiled by gcc'",
        "LOG:  Anweisung: SELECT 'PostgreSQL 15.1 on x, compiled by gcc, 64-bit'",
        "LOG:  Ausführen PostgreSQL 15.1 on x, compiled by gcc, 64-bit: SELECT 1",
        "LOG:  Verbindung autorisiert: Benutzer=PostgreSQL 15.1 on x, compiled by gcc, 64-bit",
      })
  void shouldNotTakeAQueryForAStart(String message) {
    assertThat(read(message, CLIENT).events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOG:  archive command failed with exit code 1",
        "FATAL:  archive command was terminated by signal 9: Killed",
        "FATAL:  both archive_command and archive_library set",
        "LOG:  Archivbefehl ist fehlgeschlagen mit Statuscode 1"
      })
  void shouldNotTakeTheContextOfAFunctionForTheDetailOfAFailure(String message) {
    // With log_min_error_statement=panic nothing stands behind it.
    String context = "|KONTEXT:  PL/pgSQL-Funktion \"x: %s\"() Zeile 1 bei RAISE";

    assertThat(read(message + context, CLIENT).events()).isEmpty();
    assertThat(read(message + "|KONTEXT:  PL/pgSQL-Funktion f() Zeile 1", CLIENT).events())
        .isEmpty();
  }

  @Test
  void shouldNotLabourOverALongMessage() {
    String long1 = "LOG:  PostgreSQL 1" + ", compiled by , 64-bi".repeat(3_000);

    assertThat(read((long1 + "|").repeat(20), CLIENT).events()).isEmpty();
  }

  @Test
  void shouldBelieveAProcessThatHasFailedAtTheFileBefore() {
    String failed =
        "LOG:  Archivbefehl ist fehlgeschlagen mit Statuscode 1|DETAIL:  Der fehlgeschlagene"
            + " Archivbefehl war: cp pg_wal/%s /x";
    String gaveUp = "WARNING:  Archivieren der Datei »%s« schlug zu oft fehl";
    String orphan = "WARNING:  verwaiste Archivstatusdatei »" + STATUS + "« wurde entfernt";
    String mode = "WARNING:  archive_mode ist an, aber Archivierung wurde nicht konfiguriert";

    Found found =
        read(
            failed + "|" + gaveUp + "|" + orphan + "|" + mode,
            ARCHIVER,
            gaveUp + "|" + orphan,
            CLIENT);

    assertThat(found.events()).hasSize(4);
  }

  private static Found read(String... messagesAndPrefixes) {
    StringBuilder log = new StringBuilder(TIME + "[100] LOG:  checkpoint starting: time\n");
    for (int i = 0; i < messagesAndPrefixes.length; i += 2) {
      for (String line : messagesAndPrefixes[i].replace("%s", SEGMENT).split("\\|", -1)) {
        log.append(messagesAndPrefixes[i + 1]).append(line).append('\n');
      }
    }
    Found found = new Found();
    PipelineOptions options = new PipelineOptions("stderr", "%m [%p] ", null, Set.of(), true);
    Golden.read(log.toString().getBytes(StandardCharsets.UTF_8), options, found);
    return found;
  }
}
