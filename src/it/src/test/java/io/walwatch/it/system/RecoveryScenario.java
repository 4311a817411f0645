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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * A copy that recovers from the archive to a point in time, stops there, and goes on as a primary
 * of its own. Both ways keep a journal: what restore_command fetched, what archive_command stored.
 */
final class RecoveryScenario {
  private static final int SEGMENTS = 3;

  private final Cluster primary;
  private final Cluster copy;
  private final Archiver primaryArchiver;
  private final Archiver copyArchiver;

  RecoveryScenario(Cluster primary, Cluster copy, Archiver primaryArchiver, Archiver copyArchiver) {
    this.primary = primary;
    this.copy = copy;
    this.primaryArchiver = primaryArchiver;
    this.copyArchiver = copyArchiver;
  }

  void play(Path directory) throws IOException, SQLException {
    fillTheArchive();
    Path restored = directory.resolve("restored");
    String stored = primaryArchiver.store() + "/%f.lzo";
    copy.recover("cp \"" + stored + "\" \"%p\" && echo %f >>\"" + restored + "\"");
    copy.set("recovery_target_name", "here");
    copy.set("recovery_target_action", "pause");
    try (AgentProcess agent =
        Launcher.packed()
            .serve(
                "--pgdata",
                "copy=" + copy.dataDirectory(),
                "--state-dir",
                directory.resolve("state").toString())) {
      within(() -> assertThat(agent.get("/-/ready").statusCode()).isEqualTo(200));
      copy.start();
      recover(agent, restored);
      goOn(agent);
    }
  }

  private void fillTheArchive() throws IOException, SQLException {
    primary.start();
    for (int i = 0; i < SEGMENTS; i++) {
      primary.switchSegment();
    }
    primary.query("select pg_create_restore_point('here')");
    primary.switchSegment();
    // It ends only when everything is archived.
    primary.stop();
    assertThat(primaryArchiver.journal().stored()).isGreaterThan(SEGMENTS);
  }

  private void recover(AgentProcess agent, Path restored) {
    within(
        () -> {
          Scrape scrape = agent.scrape();
          long segments =
              Files.readAllLines(restored).stream()
                  .filter(n -> n.length() == 24)
                  .distinct()
                  .count();
          assertThat(segments).isGreaterThan(SEGMENTS);
          assertThat(scrape.value("walwatch_server_in_recovery")).hasValue(1);
          assertThat(scrape.value("walwatch_archive_received_files_total", "kind=segment"))
              .hasValue(segments);
          assertThat(scrape.sum("walwatch_archive_archived_files_total")).isZero();
          assertThat(scrape.value("walwatch_archive_contiguous_position_bytes")).isEmpty();
        });
  }

  private void goOn(AgentProcess agent) throws SQLException {
    copy.query("select pg_wal_replay_resume()");
    within(() -> assertThat(copy.query("select pg_is_in_recovery()")).isEqualTo("f"));
    copy.switchSegment();
    copy.switchSegment();
    within(
        () -> {
          Scrape scrape = agent.scrape();
          assertThat(copy.waitingFiles()).isZero();
          assertThat(scrape.sum("walwatch_archive_archived_files_total"))
              .isEqualTo(copyArchiver.journal().stored())
              .isGreaterThan(2);
          assertThat(scrape.value("walwatch_archive_archived_files_total", "kind=history"))
              .hasValue(1);
          assertThat(scrape.sum("walwatch_archive_ready_files")).isZero();
          assertThat(scrape.sum("walwatch_archive_vanished_files_total")).isZero();
          assertThat(scrape.value("walwatch_archive_timeline")).hasValue(2);
          assertThat(scrape.value("walwatch_archive_gap_segments")).hasValue(0);
          assertThat(scrape.value("walwatch_archive_contiguous_position_bytes"))
              .isEqualTo(scrape.value("walwatch_archive_last_archived_position_bytes"));
        });
    ControlData.compare(agent, "copy", copy);
  }
}
