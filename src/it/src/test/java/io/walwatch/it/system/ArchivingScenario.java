/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static io.walwatch.it.system.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.agent.Scrape;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.archiver.Journal;
import io.walwatch.it.server.ArchivingServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/**
 * An archiver that stores, fails, dies and recovers, and what walwatch says meanwhile. The truth is
 * the journal that the archiver keeps itself: each number of {@code /metrics} is compared with a
 * count of its lines.
 */
final class ArchivingScenario {
  /**
   * An archiver process that died starts again 10 s after its last start at the earliest, and only
   * when the postmaster's loop turns, which is once a minute on an idle server, and at each
   * connection (postmaster.c, ServerLoop).
   */
  private static final Duration ARCHIVER_RESTART = Duration.ofSeconds(75);

  private final ArchivingServer server;
  private final Archiver archiver;

  ArchivingScenario(ArchivingServer server, Archiver archiver) {
    this.server = server;
    this.archiver = archiver;
  }

  void play(Path stateDirectory) throws IOException, SQLException {
    try (AgentProcess agent = start(stateDirectory)) {
      await().untilAsserted(() -> assertThat(agent.get("/-/ready").statusCode()).isEqualTo(200));
      archiveThreeSegments(agent);
      failThreeTimes(agent, "exit 1");
      failThreeTimes(agent, "exit 2");
      dieAndRecover(agent, "exit 255");
      dieAndRecover(agent, "signal 9");
      assertThat(agent.scrape().sum("walwatch_archive_command_gave_up_total")).isEqualTo(2);
    }
  }

  private AgentProcess start(Path stateDirectory) throws IOException {
    return Launcher.packed()
        .serve(
            "--pgdata",
            "main=" + server.dataDirectory(),
            "--log",
            "main=" + server.logDirectory() + "/*.log",
            "--state-dir",
            stateDirectory.toString(),
            "--from-start");
  }

  private void archiveThreeSegments(AgentProcess agent) throws SQLException {
    for (int stored = 1; stored <= 3; stored++) {
      long expected = stored;
      server.switchSegment();
      awaitStored(expected);
    }
    awaitAgreement(agent);
  }

  /** Three attempts, a second apart; then PostgreSQL gives up until the next segment is ready. */
  private void failThreeTimes(AgentProcess agent, String mode) throws SQLException {
    long stored = archiver.journal().stored();
    archiver.setMode(mode);
    server.switchSegment();
    await().alias(mode + " three times").until(() -> archiver.journal().count(mode) == 3);
    awaitReadyFiles(agent, 1);
    awaitAgreement(agent);
    archiver.setMode("ok");
    server.switchSegment();
    awaitStored(stored + 2);
    awaitReadyFiles(agent, 0);
    awaitAgreement(agent);
  }

  /** One attempt, and PostgreSQL's archiver process itself dies with it. */
  private void dieAndRecover(AgentProcess agent, String mode) throws SQLException {
    long stored = archiver.journal().stored();
    archiver.setMode(mode);
    server.switchSegment();
    await().alias(mode + " once").until(() -> archiver.journal().count(mode) >= 1);
    archiver.setMode("ok");
    server.switchSegment();
    awaitStored(stored + 2);
    awaitReadyFiles(agent, 0);
    awaitAgreement(agent);
  }

  /**
   * The journal is asked, not walwatch, which may not have seen yet that there is work. Each look
   * connects, and so turns the postmaster's loop.
   */
  private void awaitStored(long segments) {
    await()
        .alias("the archiver restarts and stores " + segments + " segments in all")
        .atMost(ARCHIVER_RESTART)
        .ignoreExceptions()
        .until(
            () -> server.query("select 1").equals("1") && archiver.journal().stored() == segments);
  }

  private void awaitReadyFiles(AgentProcess agent, int files) {
    await()
        .alias("walwatch shows " + files + " files that wait")
        .until(() -> agent.scrape().sum("walwatch_archive_ready_files") == files);
  }

  private void awaitAgreement(AgentProcess agent) {
    await()
        .untilAsserted(
            () -> {
              Scrape scrape = agent.scrape();
              Journal journal = archiver.journal();
              compareQueue(scrape, journal);
              comparePushes(scrape, journal);
              compareFailures(scrape, journal);
            });
  }

  private void compareQueue(Scrape scrape, Journal journal) {
    assertThat(scrape.sum("walwatch_archive_archived_files_total", "server=main"))
        .isEqualTo(journal.stored());
    assertThat(scrape.sum("walwatch_archive_vanished_files_total")).isZero();
    assertThat(scrape.sum("walwatch_archive_received_files_total")).isZero();
    assertThat(scrape.value("walwatch_archive_scan_success", "server=main")).hasValue(1);
    assertThat(scrape.value("walwatch_server_in_recovery", "server=main")).hasValue(0);
    assertThat(scrape.value("walwatch_wal_segment_size_bytes", "server=main"))
        .hasValue(1024 * 1024);
  }

  private void comparePushes(Scrape scrape, Journal journal) {
    long failed = journal.count(entry -> entry.begun() && entry.outcome().startsWith("exit"));
    assertThat(scrape.value("walwatch_push_started_total", "archiver=wal-e", "server=main"))
        .hasValue(journal.begun());
    assertThat(scrape.value("walwatch_push_completed_total", "archiver=wal-e"))
        .hasValue(journal.stored());
    assertThat(scrape.value("walwatch_push_failed_total", "archiver=wal-e")).hasValue(failed);
    assertThat(scrape.sum("walwatch_push_abandoned_total"))
        .as("killed: their processes are gone")
        .isEqualTo(journal.begun() - journal.stored() - failed);
    assertThat(scrape.sum("walwatch_push_in_flight")).isZero();
    assertThat(scrape.sum("walwatch_push_repeated_total")).isZero();
    assertThat(scrape.sum("walwatch_push_unmatched_total")).isZero();
  }

  private void compareFailures(Scrape scrape, Journal journal) {
    String failures = "walwatch_archive_command_failures_total";
    assertThat(scrape.value(failures, "severity=log", "cause=exit"))
        .hasValue(journal.count("exit 1") + journal.count("exit 2"));
    assertThat(scrape.value(failures, "severity=fatal", "cause=exit"))
        .hasValue(journal.count("exit 255"));
    assertThat(scrape.value(failures, "severity=fatal", "cause=signal"))
        .hasValue(journal.count("signal 9"));
    assertThat(scrape.sum("walwatch_source_forged_total")).isZero();
    assertThat(scrape.sum("walwatch_source_malformed_total")).isZero();
  }
}
