/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import static io.walwatch.it.system.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.server.EmbeddedServer;
import io.walwatch.it.server.ServerOptions;
import io.walwatch.it.writer.PushRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Real failures of a real PostgreSQL, seen by real agents, in a real Prometheus with the shipped
 * rules: db1 and db2 both watch the server, as two hosts of one cluster would; db3 watches things
 * that are missing, and a push that hangs.
 */
@Tag("prometheus")
class FailingHostIT {
  @Test
  void shouldFireForEachFailureAndForNothingBefore() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-alerts")) {
      Archiver archiver = Archiver.in(tree.root().resolve("archiver"));
      try (EmbeddedServer server =
              EmbeddedServer.start(
                  tree.root().resolve("data"), ServerOptions.archivingWith(archiver.command()));
          AgentProcess first = watch(tree.root(), "db1", server);
          AgentProcess second = watch(tree.root(), "db2", server);
          AgentProcess blind = blind(tree.root());
          Prometheus prometheus =
              Prometheus.start(
                  tree.root().resolve("prometheus"),
                  Map.of("db1", first, "db2", second, "db3", blind),
                  List.of())) {
        staysQuietWhileAllIsWell(prometheus, server);
        bothArchiveByTurns(prometheus, server);
        fires(prometheus, "WalwatchScanFailing critical db3");
        fires(prometheus, "WalwatchLogSourceMissing warning db3");
        pushHangs(tree.root(), prometheus);
        archivingFails(prometheus, server, archiver);
        hasGapAndLoss(prometheus, server);
        isLiedTo(prometheus, server);
        archiverDies(prometheus, server, archiver);
        isBlind(prometheus, first);
      }
    }
  }

  private static AgentProcess watch(Path root, String name, EmbeddedServer server)
      throws IOException {
    return Launcher.packed()
        .serve(
            "--pgdata",
            "main=" + server.dataDirectory(),
            "--state-dir",
            root.resolve(name).toString(),
            "--from-start");
  }

  private static AgentProcess blind(Path root) throws IOException {
    return Launcher.packed()
        .serve(
            "--archive-status",
            "main=" + root.resolve("absent/archive_status"),
            "--log",
            "main=" + root.resolve("absent.log"),
            "--state-dir",
            root.resolve("db3").toString(),
            "--from-start");
  }

  private static void staysQuietWhileAllIsWell(Prometheus prometheus, EmbeddedServer server)
      throws SQLException {
    await()
        .until(
            () ->
                !prometheus
                    .query("walwatch_push_completed_total{instance=\"db1\",archiver=\"wal-e\"}")
                    .isEmpty());
    server.switchSegment();
    server.switchSegment();
    await().until(() -> !prometheus.query("walwatch:server_archived{instance=\"db2\"}").isEmpty());
    await()
        .untilAsserted(
            () ->
                assertThat(prometheus.firing())
                    .noneMatch(alert -> alert.contains("db1") || alert.contains("db2")));
  }

  /** One segment in each moment, which both agents see archived. */
  private static void bothArchiveByTurns(Prometheus prometheus, EmbeddedServer server) {
    await()
        .pollInterval(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              server.switchSegment();
              assertThat(prometheus.firing()).contains("WalwatchTwoArchivers critical ");
            });
  }

  private static void fires(Prometheus prometheus, String alert) {
    await().untilAsserted(() -> assertThat(prometheus.firing()).contains(alert));
  }

  /**
   * Its process is this one, which lives; it began before the threshold, and after the time-out.
   */
  private static void pushHangs(Path root, Prometheus prometheus) throws IOException {
    String began =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS-'00'", Locale.ROOT)
            .format(Instant.now().minus(Duration.ofMinutes(7)).atOffset(ZoneOffset.UTC));
    Files.writeString(
        root.resolve("absent.log"),
        PushRecords.begin(1)
            .replaceAll("time=\\S+", "time=" + began)
            .replaceAll("pid=\\d+", "pid=" + ProcessHandle.current().pid()));
    fires(prometheus, "WalwatchPushHung critical db3");
  }

  private static void archivingFails(
      Prometheus prometheus, EmbeddedServer server, Archiver archiver) throws Exception {
    archiver.setMode("exit 1");
    server.switchSegment();
    server.switchSegment();
    server.switchSegment();
    await().until(() -> waiting(server).size() == 3);
    fires(prometheus, "WalwatchArchiveCommandFailing warning db1");
    hasWaitedForAnHour(server);
    fires(prometheus, "WalwatchArchiveStalled critical db1");
  }

  /** A backup's history file, as it would have come an hour ago. */
  private static void hasWaitedForAnHour(EmbeddedServer server) throws IOException {
    String name = "000000010000000000000001.00000028.backup";
    Files.writeString(server.archiveStatus().resolveSibling(name), "STOP TIME: long ago\n");
    Path ready = Files.createFile(server.dataDirectory().resolve("staged"));
    Files.setLastModifiedTime(ready, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Files.move(ready, server.archiveStatus().resolve(name + ".ready"));
  }

  /** Somebody marks the second as archived, and deletes the mark of the third. */
  private static void hasGapAndLoss(Prometheus prometheus, EmbeddedServer server)
      throws IOException {
    List<Path> waiting = waiting(server);
    Path second = waiting.get(1);
    Files.move(
        second, second.resolveSibling(second.getFileName().toString().replace("ready", "done")));
    Files.delete(waiting.get(2));
    fires(prometheus, "WalwatchArchiveGap critical db1");
    fires(prometheus, "WalwatchReadyVanished critical db1");
  }

  private static void isLiedTo(Prometheus prometheus, EmbeddedServer server) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "do $$ begin raise log 'archive command failed with exit code 1' using detail ="
              + " 'The failed archive command was: true'; end $$");
    }
    fires(prometheus, "WalwatchForgedRecords warning db1");
  }

  /** Each connection lets the postmaster look whether the archiver lives, which starts it again. */
  private static void archiverDies(Prometheus prometheus, EmbeddedServer server, Archiver archiver)
      throws SQLException {
    archiver.setMode("signal 9");
    await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                server.query("select 1").equals("1")
                    && prometheus.firing().contains("WalwatchArchiverDying critical db1"));
  }

  /** The alert on archiving does not go because the agent that told of it does. */
  private static void isBlind(Prometheus prometheus, AgentProcess agent) throws Exception {
    agent.kill();
    fires(prometheus, "WalwatchAgentDown critical db1");
    assertThat(prometheus.firing()).contains("WalwatchArchiveStalled critical db1");
    assertThat(prometheus.query("walwatch_archive_ready_files{instance=\"db1\"}")).isEmpty();
    assertThat(prometheus.brokenRules()).isEmpty();
    assertThat(prometheus.annotations()).isNotEmpty();
    assertThat(prometheus.annotations().toString()).doesNotContain("error expanding", "<no value>");
  }

  /** Segments that wait, in order. */
  private static List<Path> waiting(EmbeddedServer server) throws IOException {
    try (Stream<Path> files = Files.list(server.archiveStatus())) {
      return files
          .filter(file -> file.toString().matches(".*/[0-9A-F]{24}\\.ready"))
          .sorted()
          .toList();
    }
  }
}
