/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static io.walwatch.it.system.QueueScenario.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.agent.Scrape;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.server.Cluster;
import io.walwatch.it.server.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The archive queue of real servers of several versions, told from their files alone. */
class QueueMatrixIT {
  private static final int BACKLOG = 5_000;

  @ParameterizedTest
  @MethodSource("io.walwatch.it.system.Versions#all")
  void shouldAgreeWithTheJournalOverFailureCrashOrphanAndAbsence(String version) throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Archiver archiver = Archiver.in(tree.root().resolve("archiver"));
      ServerOptions options = ServerOptions.archivingWith(archiver.command());
      try (Cluster server = Cluster.create(version, tree.root().resolve("data"), options);
          QueueScenario scenario =
              new QueueScenario(server, archiver, tree.root().resolve("state"))) {
        scenario.play();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.walwatch.it.system.Versions#all")
  void shouldFollowAStandbyThatTakesOver(String version) throws Exception {
    playStandby(version, "on");
  }

  @ParameterizedTest
  @MethodSource("io.walwatch.it.system.Versions#all")
  void shouldFollowAStandbyThatArchivesAsWell(String version) throws Exception {
    playStandby(version, "always");
  }

  private static void playStandby(String version, String archiveMode) throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Archiver archiver = Archiver.in(tree.root().resolve("archiver"));
      Archiver standbyArchiver = Archiver.in(tree.root().resolve("archiver2"));
      ServerOptions options =
          ServerOptions.archivingWith(archiver.command()).with("archive_mode", archiveMode);
      try (Cluster primary = Cluster.create(version, tree.root().resolve("data"), options);
          Cluster standby = primary.standby(tree.root().resolve("standby"))) {
        standby.set("archive_command", standbyArchiver.command());
        new StandbyScenario(
                primary, standby, archiver, standbyArchiver, archiveMode.equals("always"))
            .play(tree.root().resolve("state"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.walwatch.it.system.Versions#all")
  void shouldFollowARecoveryToAPointInTime(String version) throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Archiver archiver = Archiver.in(tree.root().resolve("archiver"));
      Archiver copyArchiver = Archiver.in(tree.root().resolve("archiver2"));
      ServerOptions options = ServerOptions.archivingWith(archiver.command());
      try (Cluster primary = Cluster.create(version, tree.root().resolve("data"), options);
          Cluster copy = primary.copy(tree.root().resolve("copy"))) {
        copy.set("archive_command", copyArchiver.command());
        new RecoveryScenario(primary, copy, archiver, copyArchiver).play(tree.root());
      }
    }
  }

  /** Five gigabytes of segments: only in profile {@code matrix}. */
  @Tag("matrix")
  @ParameterizedTest
  @MethodSource("io.walwatch.it.system.Versions#all")
  void shouldKeepUpWithABacklogThatIsWorkedOff(String version) throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      ServerOptions options =
          ServerOptions.archivingWith("false").with("fsync", "off").with("max_wal_size", "64MB");
      try (Cluster server = Cluster.create(version, tree.root().resolve("data"), options);
          AgentProcess agent =
              Launcher.packed()
                  .serve(
                      "--pgdata",
                      "main=" + server.dataDirectory(),
                      "--state-dir",
                      tree.root().resolve("state").toString())) {
        within(() -> assertThat(agent.get("/-/ready").statusCode()).isEqualTo(200));
        server.start();
        server.query(
            "do $$ begin for i in 1.."
                + BACKLOG
                + " loop perform pg_logical_emit_message(true, 'walwatch', 'one more');"
                + " perform pg_switch_wal(); end loop; end $$");
        within(
            () ->
                assertThat(agent.scrape().sum("walwatch_archive_ready_files"))
                    .isEqualTo(server.waitingFiles())
                    .isGreaterThanOrEqualTo(BACKLOG));
        Path journal = tree.root().resolve("journal");
        server.set("archive_command", "echo %f >>\"" + journal + "\"");
        server.query("select pg_reload_conf()");
        within(
            () -> {
              Scrape scrape = agent.scrape();
              assertThat(server.waitingFiles()).isZero();
              assertThat(scrape.sum("walwatch_archive_ready_files")).isZero();
              assertThat(scrape.sum("walwatch_archive_archived_files_total"))
                  .isEqualTo(Files.readAllLines(journal).size())
                  .isGreaterThanOrEqualTo(BACKLOG);
              assertThat(scrape.sum("walwatch_archive_vanished_files_total")).isZero();
            });
      }
    }
  }
}
