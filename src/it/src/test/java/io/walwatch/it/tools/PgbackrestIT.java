/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.system.Patience;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Debian's pgbackrest through the life of a repository. */
@Tag("tools")
class PgbackrestIT {
  /** Exit codes of pgBackRest (error.auto.c). */
  private static final int PATH_OPEN = 53;

  private static final int ARCHIVE_TIMEOUT = 82;

  @Test
  void shouldShowWhatPgbackrestSaysOfFullIncrementalFailedAndExpiredBackups() throws Exception {
    try (DebianServer server = DebianServer.create()) {
      Path hold = server.tools().resolve("hold");
      server.start("test ! -e " + hold + " && " + join(archivePush(server)));
      try (Watched watched = Watched.start(server, "pgbackrest", info(server))) {
        shouldNotTakeARepositoryWithoutStanzaForAnEmptyOne(server, watched);
        shouldShowEachKind(server, watched);
        shouldShowOneThatRuns(server, watched, hold);
        shouldKeepWhatIsKnownWhenABackupFails(server, watched, hold);
        shouldTellDamagedPagesAndWhatExpires(server, watched);
        shouldKeepWhatIsKnownWhenPgbackrestCannotList(server, watched);
      }
    }
  }

  private static void shouldNotTakeARepositoryWithoutStanzaForAnEmptyOne(
      DebianServer server, Watched watched) throws Exception {
    assertThat(PostgresUser.succeed(server.errors(), info(server)).strip()).isEqualTo("[]");
    watched.await(s -> assertThat(s.value("walwatch_backup_listing_success")).hasValue(0));
    PostgresUser.succeed(server.errors(), pgbackrest(server, "stanza-create"));
    watched.await(
        s -> assertThat(s.value("walwatch_backup_uncovered_volumes")).as("main").hasValue(1));
  }

  private static void shouldShowEachKind(DebianServer server, Watched watched) throws Exception {
    int good = 0;
    for (String type : List.of("full", "incr", "diff")) {
      assertThat(watched.backup(pgbackrest(server, "backup", "--type=" + type))).isZero();
      good++;
      assertShown(server, watched, List.of((long) good, 0L, 0L));
    }
    watched.awaitJob(0, Map.of("success", 3, "failure", 0));
    watched.await(s -> assertThat(s.value("walwatch_backup_uncovered_volumes")).hasValue(0));
  }

  /** It waits for a segment that archive_command holds back. */
  private static void shouldShowOneThatRuns(DebianServer server, Watched watched, Path hold)
      throws Exception {
    Files.createFile(hold);
    Process backup =
        watched.startBackup(pgbackrest(server, "backup", "--type=incr", "--archive-timeout=120"));
    Patience.await().until(() -> told(server).running() == 1);
    assertShown(server, watched, List.of(3L, 1L, 0L));
    watched.await(s -> assertThat(s.sum("walwatch_job_running")).isEqualTo(1));
    Files.delete(hold);
    assertThat(backup.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(backup.exitValue()).isZero();
    assertShown(server, watched, List.of(4L, 0L, 0L));
  }

  /** pgBackRest lists no backup that failed: the job's end is what tells. */
  private static void shouldKeepWhatIsKnownWhenABackupFails(
      DebianServer server, Watched watched, Path hold) throws Exception {
    Path closed = server.unreadable();
    assertThat(watched.backup(pgbackrest(server, "backup", "--type=incr"))).isEqualTo(PATH_OPEN);
    Files.delete(closed);
    watched.awaitJob(PATH_OPEN, Map.of("success", 4, "failure", 1));
    Files.createFile(hold);
    assertThat(watched.backup(pgbackrest(server, "backup", "--type=incr", "--archive-timeout=1")))
        .isEqualTo(ARCHIVE_TIMEOUT);
    Files.delete(hold);
    watched.awaitJob(ARCHIVE_TIMEOUT, Map.of("success", 4, "failure", 2));
    watched.assertFailure("job base: exit code " + ARCHIVE_TIMEOUT);
    assertShown(server, watched, List.of(4L, 0L, 0L));
  }

  /** One full backup is kept: each ends those before, with all that hangs on them. */
  private static void shouldTellDamagedPagesAndWhatExpires(DebianServer server, Watched watched)
      throws Exception {
    server.query("create table t as select generate_series(1, 100000) n");
    // Nobody, no autovacuum either, writes the page anew: that would mend it.
    server.query("vacuum (freeze) t");
    server.query("checkpoint");
    Path table = server.data().resolve(server.query("select pg_relation_filepath('t')"));
    assertThat(watched.backup(pgbackrest(server, "backup", "--type=full"))).isZero();
    assertShown(server, watched, List.of(1L, 0L, 0L));
    damage(table);
    assertThat(watched.backup(pgbackrest(server, "backup", "--type=incr"))).isZero();
    assertShown(server, watched, List.of(1L, 0L, 1L));
    server.query("drop table t");
    assertThat(watched.backup(pgbackrest(server, "backup", "--type=full"))).isZero();
    assertShown(server, watched, List.of(1L, 0L, 0L));
  }

  private static void shouldKeepWhatIsKnownWhenPgbackrestCannotList(
      DebianServer server, Watched watched) throws Exception {
    Path config = config(server);
    Files.move(config, config.resolveSibling("gone.conf"));
    assertThat(PostgresUser.run(server.errors(), info(server)).exitCode()).isNotZero();
    watched.await(
        s -> {
          assertThat(s.value("walwatch_backup_listing_success")).hasValue(0);
          assertThat(s.value("walwatch_backups", "state=ok")).hasValue(1);
        });
  }

  private static void assertShown(DebianServer server, Watched watched, List<Long> counts)
      throws IOException, InterruptedException {
    Told told = told(server);
    assertThat(told.counts()).as("good, running, failed").isEqualTo(counts);
    watched.await(told::assertShownBy);
  }

  private static Told told(DebianServer server) throws IOException, InterruptedException {
    return Told.byPgbackrest(PostgresUser.succeed(server.errors(), info(server)));
  }

  private static void damage(Path table) throws IOException {
    try (FileChannel file = FileChannel.open(table, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(64), 9_000);
    }
  }

  private static Path config(DebianServer server) throws IOException {
    Path config = server.root().resolve("pgbackrest.conf");
    if (!Files.exists(config) && !Files.exists(config.resolveSibling("gone.conf"))) {
      Path tools = server.tools();
      Files.writeString(
          config,
          String.format(
              Locale.ROOT,
              """
          [global]
          repo1-path=%1$s/repo
          repo1-retention-full=1
          log-path=%1$s
          lock-path=%1$s/lock
          spool-path=%1$s/spool
          start-fast=y
          compress-level=1
          [main]
          pg1-path=%2$s
          pg1-socket-path=%1$s
          pg1-port=%3$d
          """,
              tools,
              server.data(),
              DebianServer.PORT));
    }
    return config;
  }

  private static List<String> info(DebianServer server) throws IOException {
    return List.of("pgbackrest", "--config=" + config(server), "info", "--output=json");
  }

  private static List<String> archivePush(DebianServer server) throws IOException {
    return pgbackrest(server, "archive-push", "%p");
  }

  private static List<String> pgbackrest(DebianServer server, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("pgbackrest", "--config=" + config(server)));
    line.add("--stanza=main");
    line.addAll(List.of(arguments));
    return line;
  }

  private static String join(List<String> command) {
    return String.join(" ", command);
  }
}
