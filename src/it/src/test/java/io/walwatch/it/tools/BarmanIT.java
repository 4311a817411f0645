/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.system.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Debian's barman through the life of a server's backups. */
@Tag("tools")
class BarmanIT {
  @Test
  void shouldShowWhatBarmanSaysOfFullIncrementalFailedAndExpiredBackups() throws Exception {
    try (DebianServer server = DebianServer.create()) {
      Path incoming = server.directory("tools/home/main/incoming");
      server.directory("tools/home/main");
      server.directory("tools/home");
      server.directory("tools/lock");
      Path hold = server.tools().resolve("hold");
      server.start("test ! -e " + hold + " && cp %p " + incoming + "/%f");
      Path config = configure(server);
      try (Watched watched = Watched.start(server, "barman", list(config))) {
        shouldTakeNoBackupForAFailingLook(server, watched, config);
        shouldShowAFullAndAnIncrementalOne(server, watched, config);
        shouldShowOneThatFailed(server, watched, config);
        shouldShowOneThatRuns(server, watched, config, hold);
        shouldForgetWhatExpires(server, watched, config);
      }
    }
  }

  private static void shouldTakeNoBackupForAFailingLook(
      DebianServer server, Watched watched, Path config) throws Exception {
    assertThat(told(server, config).counts()).containsExactly(0L, 0L, 0L);
    watched.await(s -> assertThat(s.value("walwatch_backup_listing_success")).hasValue(0));
  }

  private static void shouldShowAFullAndAnIncrementalOne(
      DebianServer server, Watched watched, Path config) throws Exception {
    server.query("select pg_switch_wal()");
    Patience.await().until(() -> archived(server, config));
    for (long good = 1; good <= 2; good++) {
      assertThat(watched.backup(backup(config))).isZero();
      assertShown(server, watched, config, List.of(good, 0L, 0L));
    }
    watched.awaitJob(0, Map.of("success", 2, "failure", 0));
  }

  /** Barman takes no backup before it has seen a segment. */
  private static boolean archived(DebianServer server, Path config) throws Exception {
    PostgresUser.run(server.errors(), barman(config, "cron", "--keep-descriptors"));
    return PostgresUser.run(server.errors(), barman(config, "check", "main")).exitCode() == 0;
  }

  private static void shouldShowOneThatFailed(DebianServer server, Watched watched, Path config)
      throws Exception {
    Path closed = server.unreadable();
    int code = watched.backup(backup(config));
    Files.delete(closed);
    assertThat(code).isEqualTo(1);
    watched.awaitJob(1, Map.of("success", 2, "failure", 1));
    watched.assertFailure("job base: exit code 1");
    assertShown(server, watched, config, List.of(2L, 0L, 1L));
  }

  /** The server waits until its last segment is archived. */
  private static void shouldShowOneThatRuns(
      DebianServer server, Watched watched, Path config, Path hold) throws Exception {
    Files.createFile(hold);
    Process running = watched.startBackup(backup(config));
    Patience.await().until(() -> told(server, config).running() == 1);
    assertShown(server, watched, config, List.of(2L, 1L, 1L));
    Files.delete(hold);
    assertThat(running.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(running.exitValue()).isZero();
    assertShown(server, watched, config, List.of(3L, 0L, 1L));
  }

  /** One good backup is kept; what is older goes with the next cron. */
  private static void shouldForgetWhatExpires(DebianServer server, Watched watched, Path config)
      throws Exception {
    Patience.await()
        .until(
            () -> {
              PostgresUser.run(server.errors(), barman(config, "cron", "--keep-descriptors"));
              return told(server, config).good().size() == 1;
            });
    watched.await(s -> told(server, config).assertShownBy(s));
  }

  private static void assertShown(
      DebianServer server, Watched watched, Path config, List<Long> counts)
      throws IOException, InterruptedException {
    Told told = told(server, config);
    assertThat(told.counts()).as("good, running, failed").isEqualTo(counts);
    // Sizes grow as long as WAL comes in: what is told now is what must be shown.
    watched.await(s -> told(server, config).assertShownBy(s));
  }

  private static Told told(DebianServer server, Path config)
      throws IOException, InterruptedException {
    return Told.byBarman(PostgresUser.succeed(server.errors(), list(config)));
  }

  private static Path configure(DebianServer server) throws IOException {
    Path tools = server.tools();
    // No backup_options: Barman's warning about that stands in its JSON.
    return Files.writeString(
        server.root().resolve("barman.conf"),
        String.format(
            Locale.ROOT,
            """
        [barman]
        barman_home = %1$s/home
        barman_user = postgres
        barman_lock_directory = %1$s/lock
        log_file = %1$s/barman.log
        [main]
        description = main
        conninfo = host=%1$s port=%2$d user=postgres dbname=postgres
        backup_method = local-rsync
        reuse_backup = link
        archiver = on
        immediate_checkpoint = true
        retention_policy = REDUNDANCY 1
        path_prefix = %3$s
        """,
            tools,
            DebianServer.PORT,
            server.programs()));
  }

  private static List<String> list(Path config) {
    return barman(config, "-f", "json", "list-backup", "all");
  }

  private static List<String> backup(Path config) {
    return barman(config, "backup", "main", "--wait", "--wait-timeout", "60");
  }

  private static List<String> barman(Path config, String... arguments) {
    List<String> line = new ArrayList<>(List.of("barman", "-c", config.toString()));
    line.addAll(List.of(arguments));
    return line;
  }
}
