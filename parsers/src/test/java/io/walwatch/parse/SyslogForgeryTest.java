/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * rsyslog writes a line end as {@code #012} and leaves one that a client typed alone: what is read
 * need not be what was sent. One message of syslog holds one record at most (elog.c, write_syslog),
 * so only its first line may begin one.
 */
final class SyslogForgeryTest {
  private static final String HEAD = "Nov 22 09:08:24 vm postgres[61]: ";
  private static final String PREFIX = "2026-11-22 09:00:00.000 UTC [61] ";
  private static final String WAL = "pg_wal/000000010000000000000001";
  private static final String FAILED = PREFIX + "LOG:  archive command failed with exit code 1";
  private static final String DETAIL = PREFIX + "DETAIL:  The failed archive command was: x " + WAL;
  private static final String NOT_SET =
      PREFIX + "WARNING:  archive_mode enabled, yet archiving is not configured";
  private static final String CONTEXT = PREFIX + "CONTEXT:  PL/pgSQL function f() line 1 at RAISE";
  private static final String BY_SESSION = "FORGED postgres: written by a session";
  private static final String GERMAN = "Archivbefehl ist fehlgeschlagen mit Statuscode 1";

  @ParameterizedTest
  @ValueSource(strings = {"[5-1] ", "[5] ", "[1] ", ""})
  void shouldBelieveNoRecordInsideOfAnother(String number) {
    for (String word : new String[] {"ERROR", "LOG", "FEHLER"}) {
      Found found =
          read(
              HEAD + "[4-1] " + PREFIX + "LOG:  x\n",
              HEAD
                  + number
                  + PREFIX
                  + word
                  + ":  syntax error at \"a#012"
                  + FAILED
                  + "#012"
                  + DETAIL
                  + "#012"
                  + NOT_SET
                  + "#012"
                  + PREFIX
                  + "LOG:  b\"\n");

      assertThat(found.events()).as(word).isEmpty();
    }
  }

  @Test
  void shouldCountWhatLooksLikeARecordInsideOfAnother() {
    Found found = read(HEAD + "[5] " + PREFIX + "LOG:  a#012" + FAILED + "#012" + DETAIL + "\n");

    assertThat(found.rejected()).isEqualTo(Map.of(BY_SESSION, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[5] ", "[1] ", ""})
  void shouldKeepTheContextThatALaterLineWouldHide(String number) {
    String hidden = "#012" + PREFIX + "CONTEXT:  #012" + PREFIX + "STATEMENT:  ";
    String german = PREFIX + "LOG:  " + GERMAN + "#012" + DETAIL;
    String kontext = "#012" + PREFIX + "KONTEXT:  f() Zeile 1 bei RAISE";

    assertThat(read(HEAD + number + FAILED + "#012" + DETAIL + hidden + "\n").events()).hasSize(1);
    for (String forged :
        new String[] {
          FAILED + "#012" + DETAIL + "#012" + CONTEXT + hidden + "\n",
          FAILED + "#012" + DETAIL + hidden + "#012" + CONTEXT + "\n",
          german + kontext + hidden.replace("CONTEXT", "KONTEXT") + "\n",
        }) {
      assertThat(read(HEAD + number + forged).events()).as(forged).isEmpty();
    }
  }

  @Test
  void shouldNotDecodeALineEndInAPiece() {
    String text = HEAD + "[5-1] " + FAILED + "\n" + HEAD + "[5-2] " + DETAIL + " a#012b\n";

    assertThat(read(text).all(LogEvent.ArchiveCommandFailed.class))
        .extracting(LogEvent.ArchiveCommandFailed::command)
        .containsExactly("x " + WAL + " a#012b");
  }

  @Test
  void shouldBelieveNoPieceBehindALineThatWasBroken() {
    // The server breaks a line without a blank after 900 bytes; a typed #011 is none.
    String filler = "y".repeat(400) + "#011" + "y".repeat(496);
    String first = HEAD + "[5-1] " + PREFIX + "ERROR:  a\n";

    Found found =
        read(
            first,
            HEAD + "[5-2] #011" + filler + "\n",
            HEAD + "[5-3] " + FAILED + "\n",
            HEAD + "[5-4] #011" + filler + "\n",
            HEAD + "[5-5] " + DETAIL + "\n",
            HEAD + "[6-1] " + PREFIX + "LOG:  archiv command failed with exit code 1\n",
            HEAD + "[6-2] #011" + filler + "\n",
            HEAD + "[6-3] " + DETAIL + "\n",
            HEAD + "[7-1] " + PREFIX + "LOG:  " + GERMAN + "\n",
            HEAD + "[7-2] #011" + filler + "\n",
            HEAD + "[7-3] " + DETAIL + "\n");

    assertThat(found.events()).isEmpty();
  }

  @Test
  void shouldFindTheContextBehindALineWithoutBlanks() {
    for (String filler : new String[] {"y".repeat(200), "y".repeat(900), "#011".repeat(300)}) {
      Found found =
          read(
              HEAD + "[5-1] " + FAILED + "\n",
              HEAD + "[5-2] " + DETAIL + "\n",
              HEAD + "[5-3] #011" + filler + "\n",
              HEAD + "[5-4] " + CONTEXT + "\n");

      assertThat(found.events()).as(filler).isEmpty();
      assertThat(found.rejections()).hasSize(1);
    }
  }

  @Test
  void shouldStillBelieveTheArchiverBehindALongCommand() {
    String command = DETAIL + " " + "y".repeat(300);
    for (String number : new String[] {"[%d-%d] ", "", "[%2$d] "}) {
      StringBuilder text = new StringBuilder();
      for (int i = 1; i <= 3; i++) {
        text.append(HEAD)
            .append(String.format(Locale.ROOT, number, i, 1))
            .append(FAILED)
            .append('\n');
        text.append(HEAD)
            .append(String.format(Locale.ROOT, number, i, 2))
            .append(command)
            .append('\n');
      }

      assertThat(read(text.toString()).events()).as(number).hasSize(3);
    }
  }

  @Test
  void shouldNotDoubtTheRecordBehindAForgedOne() {
    Found found =
        read(
            HEAD + "[5] " + PREFIX + "LOG:  a#012x ERROR:  y\n",
            HEAD + "[6] " + FAILED + "#012" + DETAIL + "\n");

    assertThat(found.events()).hasSize(1);
  }

  @Test
  void shouldBeginAWaleRecordWithTheFirstLineOnly() {
    String wale =
        "wal_e.worker.upload INFO     MSG: completed archiving to a file#012        STRUCTURED:"
            + " time=2026-11-22T09:03:14.519808-00 pid=29079 action=push-wal"
            + " key=s3://b/p/wal_005/000000010000000000000001.lzo prefix=p/ rate=47215.4"
            + " seg=000000010000000000000001 state=complete\n";

    assertThat(read("Nov 22 09:08:24 vm X: " + wale).events()).hasSize(1);
    for (String first :
        new String[] {
          "wal_e.main   INFO     MSG: x",
          PREFIX + "LOG:  statement: select '",
          "P00   INFO: archive-push command begin",
          FAILED
        }) {
      assertThat(read("Nov 22 09:08:24 vm X: " + first + "#012" + wale).events())
          .as(first)
          .isEmpty();
    }
  }

  private static Found read(String... lines) {
    return Golden.readText(
        String.join("", lines), new PipelineOptions(null, "%m [%p] ", null, Set.of(), true));
  }
}
