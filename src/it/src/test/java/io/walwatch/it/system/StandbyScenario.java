/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static io.walwatch.it.system.QueueScenario.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.agent.Scrape;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.server.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * A primary and a copy of its files that streams from it and takes over, while the primary becomes
 * its standby. The truth is in the journals of their archive_commands.
 */
final class StandbyScenario {
  private static final int SEGMENTS = 4;
  private static final String ARCHIVED = "walwatch_archive_archived_files_total";

  private final Cluster primary;
  private final Cluster standby;
  private final Archiver primaryArchiver;
  private final Archiver standbyArchiver;
  private final boolean always;

  /**
   * Plays nothing yet.
   *
   * @param always whether standbys archive as well
   */
  StandbyScenario(
      Cluster primary,
      Cluster standby,
      Archiver primaryArchiver,
      Archiver standbyArchiver,
      boolean always) {
    this.primary = primary;
    this.standby = standby;
    this.primaryArchiver = primaryArchiver;
    this.standbyArchiver = standbyArchiver;
    this.always = always;
  }

  void play(Path stateDirectory) throws IOException, SQLException {
    try (AgentProcess agent =
        Launcher.packed()
            .serve(
                "--pgdata",
                "primary=" + primary.dataDirectory(),
                "--pgdata",
                "standby=" + standby.dataDirectory(),
                "--state-dir",
                stateDirectory.toString())) {
      within(() -> assertThat(agent.get("/-/ready").statusCode()).isEqualTo(200));
      primary.start();
      standby.start();
      receive(agent);
      // It ends only when the standby has everything.
      primary.stop();
      standby.promote();
      takeOver(agent);
      fallBehind(agent);
      switchArchivingOff(agent);
    }
  }

  /** Only with archive_mode=always is there anything to archive on a standby. */
  private void receive(AgentProcess agent) throws SQLException {
    for (int i = 0; i < SEGMENTS; i++) {
      primary.switchSegment();
    }
    String received = "walwatch_archive_received_files_total";
    within(
        () -> {
          Scrape scrape = agent.scrape();
          assertThat(scrape.value("walwatch_server_in_recovery", "server=standby")).hasValue(1);
          assertThat(scrape.value("walwatch_server_in_recovery", "server=primary")).hasValue(0);
          String moved = always ? ARCHIVED : received;
          assertThat(scrape.sum(moved, "server=standby")).isGreaterThanOrEqualTo(SEGMENTS);
          assertThat(scrape.sum(always ? received : ARCHIVED, "server=standby")).isZero();
          assertThat(scrape.sum(ARCHIVED, "server=primary")).isGreaterThanOrEqualTo(SEGMENTS);
          compareWithJournals(scrape);
          assertPositions(scrape, "primary", "standby");
        });
    ControlData.compare(agent, "primary", primary);
    ControlData.compare(agent, "standby", standby);
  }

  private void compareWithJournals(Scrape scrape) {
    assertThat(scrape.sum(ARCHIVED, "server=primary"))
        .isEqualTo(primaryArchiver.journal().stored());
    assertThat(scrape.sum(ARCHIVED, "server=standby"))
        .isEqualTo(standbyArchiver.journal().stored());
    assertThat(scrape.sum("walwatch_archive_vanished_files_total")).isZero();
  }

  /** What was archived last, and how far, is a primary's business. */
  private static void assertPositions(Scrape scrape, String here, String notHere) {
    for (String name :
        new String[] {
          "walwatch_archive_last_archived_position_bytes",
          "walwatch_archive_last_archived_timestamp_seconds",
          "walwatch_archive_contiguous_position_bytes",
          "walwatch_archive_gap_segments",
          "walwatch_archive_timeline"
        }) {
      assertThat(scrape.value(name, "server=" + notHere)).as(name).isEmpty();
      assertThat(scrape.value(name, "server=" + here)).as(name).isPresent();
    }
  }

  /** The history comes first, then the partial segment of the old timeline, then the new one's. */
  private void takeOver(AgentProcess agent) throws SQLException {
    standby.switchSegment();
    within(
        () -> {
          Scrape scrape = agent.scrape();
          assertThat(scrape.value("walwatch_server_in_recovery", "server=standby")).hasValue(0);
          assertThat(scrape.value(ARCHIVED, "server=standby", "kind=history")).hasValue(1);
          assertThat(scrape.value(ARCHIVED, "server=standby", "kind=partial")).hasValue(1);
          assertThat(scrape.sum("walwatch_archive_ready_files", "server=standby")).isZero();
          assertThat(scrape.value("walwatch_archive_timeline", "server=standby")).hasValue(2);
          assertThat(scrape.value("walwatch_archive_contiguous_position_bytes", "server=standby"))
              .isEqualTo(
                  scrape.value("walwatch_archive_last_archived_position_bytes", "server=standby"));
          assertThat(mode(scrape, always ? "always" : "on")).isEqualTo(1);
          compareWithJournals(scrape);
        });
    ControlData.compare(agent, "standby", standby);
  }

  /** The old primary becomes a standby; what it archived itself is no longer how far it got. */
  private void fallBehind(AgentProcess agent) throws IOException, SQLException {
    primary.follow(standby);
    primary.start();
    standby.switchSegment();
    within(
        () -> {
          Scrape scrape = agent.scrape();
          assertThat(scrape.value("walwatch_server_in_recovery", "server=primary")).hasValue(1);
          assertThat(scrape.value("walwatch_server_running", "server=primary")).hasValue(1);
          assertPositions(scrape, "standby", "primary");
          assertThat(scrape.sum("walwatch_archive_ready_files")).isZero();
          compareWithJournals(scrape);
        });
    ControlData.compare(agent, "primary", primary);
    primary.stop();
  }

  /** Then a checkpoint removes what waited, archived or not. */
  private void switchArchivingOff(AgentProcess agent) throws IOException, SQLException {
    standbyArchiver.setMode("exit 1");
    for (int i = 0; i < SEGMENTS; i++) {
      standby.switchSegment();
    }
    standby.stop();
    standby.set("archive_mode", "off");
    standby.start();
    long waiting = standby.waitingFiles();
    assertThat(waiting).isGreaterThanOrEqualTo(SEGMENTS);
    within(
        () -> {
          Scrape scrape = agent.scrape();
          assertThat(mode(scrape, "off")).isEqualTo(1);
          assertThat(scrape.sum("walwatch_archive_ready_files", "server=standby"))
              .isEqualTo(waiting);
        });
    standby.switchSegment();
    standby.query("checkpoint");
    within(
        () -> {
          Scrape scrape = agent.scrape();
          assertThat(standby.waitingFiles()).isZero();
          assertThat(scrape.sum("walwatch_archive_ready_files", "server=standby")).isZero();
          assertThat(scrape.sum("walwatch_archive_vanished_files_total", "server=standby"))
              .isEqualTo(waiting);
          assertThat(scrape.sum(ARCHIVED, "server=standby"))
              .isEqualTo(standbyArchiver.journal().stored());
        });
  }

  private static double mode(Scrape scrape, String mode) {
    return scrape.sum("walwatch_server_archive_mode", "server=standby", "mode=" + mode);
  }
}
