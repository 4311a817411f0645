/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.LogEvent.ServerTurn;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The true counts of testdata/postgres/README.md for stderr logs, typed from there. */
final class PostgresGoldenTest {
  private static final Map<String, Integer> MIX_FAILURES =
      Map.of(
          "FATAL EXIT 127", 2,
          "FATAL EXIT 137", 2,
          "FATAL EXIT 143", 1,
          "FATAL EXIT 255", 1,
          "LOG EXIT 1", 15,
          "LOG EXIT 2", 1);
  private static final Map<String, Integer> MIX_FAILURES_12 =
      Map.of(
          "FATAL EXIT 127", 2,
          "FATAL EXIT 137", 2,
          "FATAL EXIT 143", 1,
          "FATAL EXIT 255", 1,
          "LOG EXIT 1", 12,
          "LOG EXIT 2", 1);
  private static final Map<String, Integer> STANDBY_FAILURES = Map.of("LOG EXIT 1", 3);
  private static final String QUERY = "FORGED postgres: raised in a query or function";

  @Test
  void shouldRead96WithoutAnyPrefix() {
    Found found = Golden.read("postgres/pg96-noprefix", "p-postgresql-*.log");

    assertThat(found.failures())
        .isEqualTo(Map.of("FATAL EXIT 137", 1, "FATAL EXIT 255", 1, "LOG EXIT 1", 15));
    assertCounts(found, 5, 0, 0);
    assertStandby(Golden.read("postgres/pg96-noprefix", "s-postgresql-*.log"));
  }

  @Test
  void shouldRead10() {
    Found found = Golden.read("postgres/pg10-default", "p-server.log");

    assertThat(found.failures())
        .isEqualTo(Map.of("FATAL EXIT 127", 1, "FATAL EXIT 137", 1, "LOG EXIT 1", 12));
    assertCounts(found, 4, 0, 0);
    assertStandby(Golden.read("postgres/pg10-default", "s-server.log"));
  }

  @Test
  void shouldRead12() {
    Found found = Golden.read("postgres/pg12-default", "p-postgresql-*.log");

    assertThat(found.failures()).isEqualTo(MIX_FAILURES);
    assertCounts(found, 5, 1, 1);
    assertThat(found.rejected()).isEmpty();
    assertStandby(Golden.read("postgres/pg12-default", "s-postgresql-*.log"));
  }

  @Test
  void shouldReadSignalsOfACommandThatReplacedItsShell() {
    Found found = Golden.read("postgres/pg13-exec", "p-postgresql-*.log");

    assertThat(found.failures())
        .isEqualTo(
            Map.of(
                "FATAL SIGNAL 11", 1, "FATAL SIGNAL 15", 1, "FATAL SIGNAL 9", 1, "LOG EXIT 1", 8));
    assertCounts(found, 2, 0, 1);
    assertStandby(Golden.read("postgres/pg13-exec", "s-postgresql-*.log"));
  }

  @Test
  void shouldRead14WithDebiansPrefixAndRefuseTheDecoys() {
    Found found = Golden.read("postgres/pg14-debian", "p-postgresql-*.log");

    assertThat(found.failures()).isEqualTo(MIX_FAILURES);
    assertCounts(found, 5, 1, 1);
    assertThat(found.rejected()).isEqualTo(Map.of(QUERY, 2));
    assertStandby(Golden.read("postgres/pg14-debian", "s-postgresql-*.log"));
  }

  @Test
  void shouldRead15WithDebiansPrefixAndRefuseTheDecoys() {
    Found found = Golden.read("postgres/pg15-debian", "p-postgresql-*.log");

    assertThat(found.failures()).isEqualTo(MIX_FAILURES);
    assertCounts(found, 5, 1, 1);
    assertThat(found.rejected()).isEqualTo(Map.of(QUERY, 2));
    assertStandby(Golden.read("postgres/pg15-debian", "s-postgresql-*.log"));
  }

  @Test
  void shouldRead16WithThePrefixOfRdsAndRefuseTheDecoys() {
    Found found = Golden.read("postgres/pg16-rds", "p-postgresql-*.log");

    assertThat(found.failures()).isEqualTo(MIX_FAILURES_12);
    assertCounts(found, 4, 1, 1);
    assertThat(found.rejected()).isEqualTo(Map.of(QUERY, 2));
    assertStandby(Golden.read("postgres/pg16-rds", "s-postgresql-*.log"));
  }

  @Test
  void shouldRead17WithThePrefixOfPgBadgerAndRefuseTheDecoys() {
    Found found = Golden.read("postgres/pg17-pgbadger", "p-server.log");

    assertThat(found.failures()).isEqualTo(MIX_FAILURES_12);
    assertCounts(found, 4, 1, 1);
    assertThat(found.rejected()).isEqualTo(Map.of(QUERY, 2));
    assertStandby(Golden.read("postgres/pg17-pgbadger", "s-server.log"));
  }

  @Test
  void shouldRead18AndRefuseTheDecoysThoughThePrefixHasNoUser() {
    Found found = Golden.read("postgres/pg18-default", "p-postgresql-*.log");

    assertThat(found.failures())
        .isEqualTo(
            Map.of(
                "FATAL EXIT 127", 2,
                "FATAL EXIT 137", 2,
                "FATAL EXIT 143", 1,
                "FATAL EXIT 255", 1,
                "LOG EXIT 1", 15,
                "LOG EXIT 2", 1,
                "LOG EXIT 3", 6));
    assertCounts(found, 7, 1, 1);
    assertThat(found.rejected()).isEqualTo(Map.of(QUERY, 2));
    assertStandby(Golden.read("postgres/pg18-default", "s-postgresql-*.log"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.csv", "*.json", "p-postgresql-*.log"})
  void shouldReadGermanByWhatNoTranslationChanges(String glob) {
    Found found = Golden.read("postgres/pg15-de", glob);

    assertThat(found.failures())
        .isEqualTo(
            Map.of(
                "FATAL SIGNAL 11", 1, "FATAL SIGNAL 15", 1, "FATAL SIGNAL 9", 1, "LOG EXIT 1", 5));
    assertCounts(found, 1, 1, 0);
    assertThat(found.rejected()).isEmpty();
    assertThat(found.all(LogEvent.ArchiveCommandFailed.class))
        .extracting(event -> event.file() == null ? "" : event.file().name())
        .startsWith("000000010000000000000008")
        .endsWith("000000010000000000000035");
    assertThat(found.all(LogEvent.ArchiveCommandGaveUp.class))
        .extracting(event -> event.file() == null ? "" : event.file().name())
        .containsExactly("000000010000000000000008");
  }

  @Test
  void shouldReadAFullDisk() {
    Found found = Golden.read("postgres/diskfull-pg18", "pg.log");

    assertThat(found.count(LogEvent.WalOutOfSpace.class)).isEqualTo(1);
    assertThat(found.all(LogEvent.WalSegmentMissing.class))
        .extracting(event -> event.file() == null ? "" : event.file().name())
        .containsExactly("000000010000000000000001");
    assertThat(found.turns(ServerTurn.CRASHED)).isEqualTo(3);
    assertThat(found.turns(ServerTurn.SHUTDOWN)).isEqualTo(3);
  }

  @Test
  void shouldReadTheTurnsOfAPromotedStandby() {
    Found found = Golden.read("postgres/pg17-pgbadger", "s-server.log");

    assertThat(found.all(LogEvent.Server.class))
        .extracting(LogEvent.Server::state)
        .containsExactly(
            ServerTurn.STARTED,
            ServerTurn.RECOVERY,
            ServerTurn.READY,
            ServerTurn.PROMOTED,
            ServerTurn.READY,
            ServerTurn.SHUTDOWN);
  }

  @Test
  void shouldReadTheWholeOfAFailure() {
    Found found = Golden.read("postgres/pg18-default", "p-postgresql-*.log");

    LogEvent.ArchiveCommandFailed first = found.all(LogEvent.ArchiveCommandFailed.class).get(0);
    assertThat(first.file()).isEqualTo(WalFile.parse("00000001000000000000000E"));
    assertThat(first.at()).isEqualTo("2026-11-22T09:07:24.714Z");
    assertThat(first.command())
        .isEqualTo(
            "/srv/pgx/run/a-pg18-default/p/arch.sh \"pg_wal/00000001000000000000000E\""
                + " \"00000001000000000000000E\"");
  }

  /** One begin for each run of the command, one complete for each success: the journal's counts. */
  @ParameterizedTest
  @CsvSource({
    "pg15-debian,  p-postgresql-*.log, 173, 151",
    "pg15-debian,  s-postgresql-*.log,   8,   5",
    "pg15-de,      p-postgresql-*.log,  77,  69",
    "pg16-rds,     p-postgresql-*.log, 169, 150",
    "pg16-rds,     s-postgresql-*.log,   8,   5",
    "pg17-pgbadger, p-server.log,      181, 162",
    "pg17-pgbadger, s-server.log,        8,   5",
  })
  void shouldReadTheImitationsOfWaleBetweenTheMessages(
      String run, String glob, int runs, int successes) {
    Found found = Golden.read("postgres/" + run, glob);

    assertThat(found.pushes(PushState.BEGIN)).isEqualTo(runs);
    assertThat(found.pushes(PushState.COMPLETE)).isEqualTo(successes);
  }

  private static void assertStandby(Found found) {
    assertThat(found.failures()).isEqualTo(STANDBY_FAILURES);
    assertCounts(found, 1, 0, 0);
    assertThat(found.turns(ServerTurn.PROMOTED)).isEqualTo(1);
  }

  private static void assertCounts(Found found, int gaveUp, int notConfigured, int orphans) {
    assertThat(found.count(LogEvent.ArchiveCommandGaveUp.class)).isEqualTo(gaveUp);
    assertThat(found.count(LogEvent.ArchiveNotConfigured.class)).isEqualTo(notConfigured);
    assertThat(found.count(LogEvent.ArchiveOrphanRemoved.class)).isEqualTo(orphans);
  }
}
