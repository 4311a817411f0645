/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same log in another framing says the same. */
final class ReframingTest {
  private static final String PRIMARY = "wal-e/pg_log/postgresql-2026-11-22.log";
  private static final String DEBIAN = "postgres/pg15-debian/p-postgresql-2026-11-22_090832.log";
  private static final String GERMAN = "postgres/pg15-de/p-postgresql-2026-11-22_091042.log";
  private static final String PGBACKREST = "inventory/pgbackrest-2.45-archive-push.postgresql.log";
  private static final String WALG = "wal-g/push.log";

  @ParameterizedTest
  @ValueSource(strings = {PRIMARY, DEBIAN, GERMAN, PGBACKREST, WALG})
  void shouldFindTheSameInAContainersLog(String log) {
    byte[] bytes = Golden.bytes(log);

    assertSame(read(bytes), read(Reframed.cri(bytes, Integer.MAX_VALUE)));
    assertSame(read(bytes), read(Reframed.cri(bytes, 60)));
  }

  @ParameterizedTest
  @ValueSource(strings = {PRIMARY, DEBIAN, GERMAN, PGBACKREST, WALG})
  void shouldFindTheSameInTheJournal(String log) {
    byte[] bytes = Golden.bytes(log);

    assertSame(read(bytes), read(Reframed.journal(bytes)));
  }

  @Test
  void shouldFindTheSameInTheJournalsSyslogMessages() {
    byte[] raw = Golden.bytes("wal-e/syslog.rawmsg.log");

    assertSame(read(raw), read(Reframed.journalOfSyslog(raw)));
  }

  @ParameterizedTest
  @ValueSource(strings = {PRIMARY, DEBIAN, GERMAN})
  void shouldFindTheServersMessagesInSyslog(String log) {
    byte[] bytes = Golden.bytes(log);
    List<LogEvent> expected = ofServer(read(bytes));

    for (String head :
        List.of(
            "Nov 22 09:06:37 vm", "2026-11-22T09:06:37.476123+00:00 vm", "<14>Nov 22 09:06:37")) {
      Found found = read(Reframed.serverSyslog(bytes, head, true));
      assertThat(ofServer(found)).as(head).isEqualTo(expected);
      assertThat(found.rejected()).as(head).isEqualTo(read(bytes).rejected());
    }
  }

  @Test
  void shouldFindTheServersMessagesInSyslogWithoutSequenceNumbers() {
    byte[] bytes = Golden.bytes(DEBIAN);

    Found found = read(Reframed.serverSyslog(bytes, "Nov 22 09:06:37 vm", false));

    assertThat(ofServer(found)).isEqualTo(ofServer(read(bytes)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wal-e/wal-e.stderr.log",
        "wal-e/delete-retain.stderr",
        "wal-e/backup-push-fail.stderr"
      })
  void shouldFindTheSameLineByLineThroughLogger(String log) {
    byte[] bytes = Golden.bytes(log);

    assertSame(read(bytes), read(Reframed.logger(bytes, "archive")));
    assertSame(read(bytes), read(Reframed.logger(bytes, "archive[815]")));
  }

  @Test
  void shouldFindWalgAndPgBackRestThroughLogger() {
    for (String log : List.of(PGBACKREST, WALG)) {
      byte[] bytes = Golden.bytes(log);
      assertThat(ofArchivers(read(Reframed.logger(bytes, "archive[815]"))))
          .isEqualTo(ofArchivers(read(bytes)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"traditional", "iso", "rfc5424", "rawmsg"})
  void shouldFindTheSameWhereSyslogKeepsLineEnds(String shape) {
    byte[] escaped = Golden.bytes("wal-e/syslog." + shape + ".log");

    assertSame(read(escaped), read(Reframed.rawNewlines(escaped)));
  }

  private static Found read(byte[] bytes) {
    Found found = new Found();
    Golden.read(bytes, PipelineOptions.DEFAULT, found);
    return found;
  }

  private static void assertSame(Found expected, Found found) {
    assertThat(found.events()).isEqualTo(expected.events());
    assertThat(found.rejected()).isEqualTo(expected.rejected());
    assertThat(found.origins().stream().map(Origin::textHash).toList())
        .isEqualTo(expected.origins().stream().map(Origin::textHash).toList());
  }

  private static List<LogEvent> ofServer(Found found) {
    return found.events().stream().filter(event -> !isArchivers(event)).toList();
  }

  private static List<LogEvent> ofArchivers(Found found) {
    return found.events().stream().filter(ReframingTest::isArchivers).toList();
  }

  private static boolean isArchivers(LogEvent event) {
    return event instanceof LogEvent.Push
        || event instanceof LogEvent.Fetch
        || event instanceof LogEvent.Message;
  }
}
