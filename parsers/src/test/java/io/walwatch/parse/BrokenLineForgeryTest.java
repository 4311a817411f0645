/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever breaks a long line in two lets a client choose what the second begins with: PostgreSQL
 * before it sends to syslog (elog.c, write_syslog: 900 bytes, at a blank where there is one),
 * journald (48 KiB).
 */
final class BrokenLineForgeryTest {
  private static final int SYSLOG_LIMIT = 900;
  private static final String ARCHIVER = "2026-11-22 09:06:37.476 UTC [5] ";
  private static final String SESSION = "2026-11-22 09:06:37.476 UTC [7] eve@db ";
  private static final String LOG = ARCHIVER + "LOG:  archive command failed with exit code 1";
  private static final String DETAIL =
      ARCHIVER + "DETAIL:  The failed archive command was: cp pg_wal/000000010000000000000001 /x";
  private static final String WALE =
      "wal_e.worker.upload INFO     MSG: completed archiving to a file";
  private static final String STRUCTURED =
      "        STRUCTURED: time=2026-11-22T09:06:39.400657-00 pid=5579 action=push-wal"
          + " key=s3://b/wal_005/000000010000000000000001.lzo prefix= rate=1.5"
          + " seg=000000010000000000000001 state=complete";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldBelieveNoPieceOfALineThatWasBrokenForSyslog(boolean numbered) {
    String long1 = "x".repeat(SYSLOG_LIMIT - SESSION.length() - "LOG:  ".length());
    String first = SESSION + "LOG:  " + long1;
    // The prefix has blanks, at which the server breaks: the client begins a line without any.
    String filler = "\t" + "y".repeat(SYSLOG_LIMIT - 1);
    String warning = ARCHIVER + "WARNING:  archive_mode enabled, yet archiving is not configured";
    String german = ARCHIVER + "LOG:  Archivbefehl fehlgeschlagen: 1";
    String forged = first + "\n" + filler + warning + "\n" + context();
    String translated = first + "\n" + filler + german + "\n" + filler + DETAIL + "\n" + context();

    Found found = Golden.readText(syslog(List.of(session(), forged, translated), numbered));

    assertThat(found.events()).isEmpty();
  }

  @Test
  void shouldReadTheArchiversOwnMessageInPieces() {
    String detail = DETAIL.replace("cp ", "cp " + "z".repeat(2 * SYSLOG_LIMIT) + " ");
    for (boolean numbered : new boolean[] {true, false}) {
      Found found =
          Golden.readText(syslog(List.of(session(), LOG + "\n" + detail + "\n"), numbered));

      assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(1);
    }
  }

  @Test
  void shouldBelieveNoPieceOfALineThatJournaldBroke() {
    String begin = SESSION + "LOG:  " + "x".repeat(1000);
    String log =
        entry(begin, "s1", true)
            + entry(WALE, "s1", false)
            + entry(STRUCTURED, "s1", false)
            + entry(begin, "s1", true)
            + entry(LOG, "s1", false)
            + entry("\tx", "s1", true)
            + entry("y", "s1", true)
            + entry(DETAIL, "s1", false);

    Found found = Golden.readText(log);

    assertThat(found.events()).isEmpty();
  }

  @Test
  void shouldBelieveWhatAnotherProgramWroteWhileALineWasBroken() {
    String log =
        entry(SESSION + "LOG:  " + "x".repeat(1000), "s1", true)
            + entry(WALE, "s2", false)
            + entry(STRUCTURED, "s2", false)
            + entry("the rest", "s1", false)
            + entry(WALE, "s1", false)
            + entry(STRUCTURED, "s1", false);

    assertThat(Golden.readText(log).count(LogEvent.Push.class)).isEqualTo(2);
  }

  private static String session() {
    return SESSION + "LOG:  statement: select 1\n";
  }

  private static String context() {
    return SESSION + "CONTEXT:  PL/pgSQL function f() line 1 at RAISE\n";
  }

  private static String entry(String message, String stream, boolean broken) {
    return "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1795338397476000\n_TRANSPORT=stdout\n_STREAM_ID="
        + stream
        + (broken ? "\n_LINE_BREAK=line-max" : "")
        + "\nMESSAGE="
        + message
        + "\n\n";
  }

  /** As write_syslog does it. */
  private static String syslog(List<String> messages, boolean numbered) {
    StringBuilder log = new StringBuilder();
    int sequence = 0;
    for (String message : messages) {
      sequence++;
      int part = 0;
      for (String piece : pieces(message)) {
        part++;
        log.append("Nov 22 09:06:37 vm postgres[7]: ")
            .append(numbered ? "[" + sequence + "-" + part + "] " : "")
            .append(piece.replace("\t", "#011"))
            .append('\n');
      }
    }
    return log.toString();
  }

  private static List<String> pieces(String message) {
    List<String> pieces = new ArrayList<>();
    for (String line : message.split("\n", -1)) {
      int at = 0;
      while (at < line.length()) {
        int end = Math.min(line.length(), at + SYSLOG_LIMIT);
        if (end < line.length() && !isBlank(line.charAt(end))) {
          int blank = end - 1;
          while (blank > at && !isBlank(line.charAt(blank))) {
            blank--;
          }
          end = blank > at ? blank : end;
        }
        pieces.add(line.substring(at, end));
        at = end;
      }
    }
    return pieces;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
