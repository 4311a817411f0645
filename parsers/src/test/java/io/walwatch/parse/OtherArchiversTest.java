/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.FetchState;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** pgBackRest's and Barman's real lines, WAL-G's as testdata/wal-g/README.md says. */
final class OtherArchiversTest {
  @Test
  void shouldReadPgBackRestInThePostgresqlLog() {
    Found found = Golden.read("inventory", "pgbackrest-2.45-archive-push.postgresql.log");

    assertThat(found.pushes(PushState.BEGIN)).isEqualTo(13);
    assertThat(found.pushes(PushState.COMPLETE)).isEqualTo(10);
    assertThat(found.pushes(PushState.FAIL)).isEqualTo(3);
    assertThat(found.messages(MessageSeverity.ERROR)).isEqualTo(3);
    assertThat(found.failures()).isEqualTo(Map.of("LOG EXIT 103", 3));
    assertThat(found.count(LogEvent.ArchiveCommandGaveUp.class)).isEqualTo(1);
    assertThat(found.all(LogEvent.Push.class))
        .filteredOn(push -> push.state() == PushState.FAIL)
        .extracting(push -> push.file().name())
        .containsOnly("000000010000000000000008");
    assertThat(found.all(LogEvent.Push.class))
        .extracting(LogEvent.Push::archiver)
        .containsOnly("pgbackrest");
    assertThat(found.all(LogEvent.Push.class))
        .filteredOn(push -> push.file().kind() == WalFileKind.BACKUP)
        .hasSize(6);
  }

  @Test
  void shouldReadWhatPgBackRestFetches() {
    Found found = Golden.read("inventory", "pgbackrest-2.45-archive-get.postgresql.log");

    assertThat(found.fetches(FetchAction.FETCH, FetchState.BEGIN)).isEqualTo(11);
    assertThat(found.fetches(FetchAction.FETCH, FetchState.COMPLETE)).isEqualTo(6);
    assertThat(found.fetches(FetchAction.FETCH, FetchState.MISSING)).isEqualTo(5);
    assertThat(found.all(LogEvent.Fetch.class))
        .filteredOn(fetch -> fetch.state() == FetchState.COMPLETE)
        .extracting(fetch -> fetch.file().name())
        .containsExactly(
            "000000010000000000000007",
            "000000010000000000000008",
            "000000010000000000000009",
            "00000001000000000000000A",
            "00000001000000000000000B",
            "00000001000000000000000B");
    assertThat(found.all(LogEvent.Fetch.class))
        .filteredOn(fetch -> fetch.state() == FetchState.MISSING)
        .extracting(fetch -> fetch.file().name())
        .containsExactly(
            "00000002.history",
            "00000001000000000000000C",
            "00000001000000000000000C",
            "00000002.history",
            "00000001.history");
    assertThat(found.pushes(PushState.COMPLETE)).isEqualTo(1);
    assertThat(found.rejected()).isEmpty();
  }

  /** A standby with {@code archive_mode=always} fetches while it pushes. */
  @Test
  void shouldKnowWhichPushFailedThoughAFetchHasEndedMeanwhile() {
    Found found =
        AnyBytes.readMeaning(
            "pgbackrest",
            Ascii.bytes(
                """
                2026-11-22 09:24:46.724 P00   INFO: archive-push command begin 2.45: [pg_wal/000000010000000000000008]
                2026-11-22 09:24:46.730 P00   INFO: archive-get command begin 2.45: [00000001000000000000000C, pg_wal/RECOVERYXLOG]
                2026-11-22 09:24:46.731 P00   INFO: found 00000001000000000000000C in the repo1: 15-1 archive
                2026-11-22 09:24:46.732 P00   INFO: archive-get command end: completed successfully (4ms)
                2026-11-22 09:24:46.740 P00   INFO: archive-push command end: aborted with exception [103]
                """));

    assertThat(found.all(LogEvent.Push.class))
        .extracting(push -> push.state() + " " + push.file().name())
        .containsExactly("BEGIN 000000010000000000000008", "FAIL 000000010000000000000008");
    assertThat(found.fetches(FetchAction.FETCH, FetchState.COMPLETE)).isEqualTo(1);
  }

  @Test
  void shouldFindNoPushInALogOfPgBackRestsBackups() {
    Found found = Golden.read("inventory", "pgbackrest-2.45-backup.log");

    assertThat(found.events()).isEmpty();
    assertThat(found.rejections()).isEmpty();
  }

  @Test
  void shouldReadWalgsPushesAndNotTakeAFailedOneForStored() {
    Found found = Golden.read("wal-g", "push.log");

    assertThat(found.all(LogEvent.Push.class))
        .extracting(push -> push.state() + " " + push.file().name())
        .containsExactly(
            "COMPLETE 000000010000000000000001",
            "COMPLETE 000000010000000000000002.00000028.backup",
            "COMPLETE 00000002.history",
            "COMPLETE 000000010000000000000003",
            "FAIL 000000010000000000000004");
    assertThat(found.messages(MessageSeverity.ERROR)).isEqualTo(1);
    assertThat(found.failures()).isEqualTo(Map.of("LOG EXIT 1", 1));
  }

  @Test
  void shouldReadWalgsFetches() {
    Found found = Golden.read("wal-g", "fetch.log");

    assertThat(found.fetches(FetchAction.PREFETCH, FetchState.BEGIN)).isEqualTo(2);
    assertThat(found.fetches(FetchAction.FETCH, FetchState.MISSING)).isEqualTo(2);
    assertThat(found.messages(MessageSeverity.WARNING)).isEqualTo(1);
  }

  @Test
  void shouldReadNothingOutOfEmptyQuotes() {
    Found found =
        AnyBytes.readMeaning(
            "wal-g",
            Ascii.bytes(
                """
                INFO: 2026/11/22 10:00:08.000001 WAL file ' already archived with equal content
                ERROR: 2026/11/22 10:00:08.000001 upload: could not '
                ERROR: 2026/11/22 10:00:08.000001 Archive '' does not exist
                """));

    assertThat(found.events()).isEmpty();
  }

  @Test
  void shouldHearOfBarmanOnlyWhatFails() {
    Found cloud = Golden.read("inventory", "barman-3.4.0-cloud-wal-archive.log");
    Found server = Golden.read("inventory", "barman-3.4.0-barman.log");

    assertThat(cloud.all(LogEvent.Message.class))
        .extracting(message -> message.severity() + " " + message.pid())
        .containsExactly("ERROR 18495");
    assertThat(cloud.count(LogEvent.Push.class)).isZero();
    assertThat(server.count(LogEvent.Push.class)).isZero();
  }

  @Test
  void shouldClaimTheCommandsOfItsArchiver() {
    assertThat(claiming("envdir /etc/wal-e.d/env /opt/wal-e/bin/wal-e wal-push %p"))
        .containsExactly("wal-e");
    assertThat(claiming("/usr/local/bin/wal-g wal-push \"%p\"")).containsExactly("wal-g");
    assertThat(claiming("pgbackrest --stanza=demo archive-push %p")).containsExactly("pgbackrest");
    assertThat(claiming("barman-cloud-wal-archive s3://b demo %p")).containsExactly("barman");
    assertThat(claiming("barman-wal-archive host demo %p")).containsExactly("barman");
    assertThat(claiming("cp %p /srv/wal-e-like/%f")).isEmpty();
    assertThat(claiming("")).isEmpty();
  }

  private static List<String> claiming(String command) {
    return Golden.providers().stream()
        .filter(provider -> provider.claims(command))
        .map(LogParserProvider::name)
        .toList();
  }
}
