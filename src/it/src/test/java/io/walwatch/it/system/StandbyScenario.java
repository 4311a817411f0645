/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static io.walwatch.it.system.QueueScenario.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.agent.Scrape;
import io.walwatch.it.server.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A primary and a copy of its files that streams from it, and takes over in the end. */
final class StandbyScenario {
  private static final int SEGMENTS = 4;

  private final Cluster primary;
  private final Cluster standby;

  StandbyScenario(Cluster primary, Cluster standby) {
    this.primary = primary;
    this.standby = standby;
  }

  /**
   * Plays it.
   *
   * @param always whether the standby archives as well
   */
  void play(Path stateDirectory, boolean always) throws IOException, SQLException {
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
      receive(agent, always);
      catchUpInTheMiddleOfASegment();
      standby.promote();
      takeOver(agent, always);
      switchArchivingOff(agent);
    }
  }

  /** Only with archive_mode=always is there anything to archive on a standby. */
  private void receive(AgentProcess agent, boolean always) throws SQLException {
    for (int i = 0; i < SEGMENTS; i++) {
      primary.switchSegment();
    }
    String moved =
        always ? "walwatch_archive_archived_files_total" : "walwatch_archive_received_files_total";
    String notMoved =
        always ? "walwatch_archive_received_files_total" : "walwatch_archive_archived_files_total";
    within(
        () -> {
          Scrape scrape = agent.scrape();
          assertThat(scrape.value("walwatch_server_in_recovery", "server=standby")).hasValue(1);
          assertThat(scrape.value("walwatch_server_in_recovery", "server=primary")).hasValue(0);
          assertThat(scrape.sum(moved, "server=standby")).isGreaterThanOrEqualTo(SEGMENTS);
          assertThat(scrape.sum(notMoved, "server=standby")).isZero();
          assertThat(scrape.sum("walwatch_archive_archived_files_total", "server=primary"))
              .isGreaterThanOrEqualTo(SEGMENTS);
          assertAbsent(scrape, "walwatch_archive_last_archived_position_bytes");
          assertAbsent(scrape, "walwatch_archive_contiguous_position_bytes");
        });
  }

  /** A promotion between two segments leaves no partial one. */
  private void catchUpInTheMiddleOfASegment() throws SQLException {
    primary.query("select pg_logical_emit_message(true, 'walwatch', 'the last words')");
    String end = primary.query("select pg_current_wal_lsn()");
    within(
        () ->
            assertThat(standby.query("select pg_last_wal_replay_lsn() >= '" + end + "'"))
                .isEqualTo("t"));
  }

  private static void assertAbsent(Scrape scrape, String name) {
    assertThat(scrape.value(name, "server=standby")).isEmpty();
    assertThat(scrape.value(name, "server=primary")).isPresent();
  }

  /** The history comes first, then the partial segment of the old timeline, then the new one's. */
  private void takeOver(AgentProcess agent, boolean always) throws SQLException {
    standby.switchSegment();
    within(
        () -> {
          Scrape scrape = agent.scrape();
          String archived = "walwatch_archive_archived_files_total";
          assertThat(scrape.value("walwatch_server_in_recovery", "server=standby")).hasValue(0);
          assertThat(scrape.value(archived, "server=standby", "kind=history")).hasValue(1);
          assertThat(scrape.value(archived, "server=standby", "kind=partial")).hasValue(1);
          assertThat(scrape.sum("walwatch_archive_ready_files", "server=standby")).isZero();
          assertThat(scrape.value("walwatch_archive_timeline", "server=standby")).hasValue(2);
          assertThat(scrape.value("walwatch_archive_contiguous_position_bytes", "server=standby"))
              .isEqualTo(
                  scrape.value("walwatch_archive_last_archived_position_bytes", "server=standby"));
          assertThat(mode(scrape, always ? "always" : "on")).isEqualTo(1);
          assertThat(scrape.sum("walwatch_archive_vanished_files_total")).isZero();
        });
  }

  private void switchArchivingOff(AgentProcess agent) throws IOException {
    standby.stop();
    standby.set("archive_mode", "off");
    standby.start();
    within(() -> assertThat(mode(agent.scrape(), "off")).isEqualTo(1));
  }

  private static double mode(Scrape scrape, String mode) {
    return scrape.sum("walwatch_server_archive_mode", "server=standby", "mode=" + mode);
  }
}
