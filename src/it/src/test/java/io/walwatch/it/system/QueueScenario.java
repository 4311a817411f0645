/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.agent.Scrape;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.archiver.JournalEntry;
import io.walwatch.it.server.MortalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.awaitility.core.ThrowingRunnable;

/**
 * The life of an archive queue: archiving, failing, a crash, an orphan, an agent that was down. The
 * truth is the journal of the archive_command.
 */
final class QueueScenario implements AutoCloseable {
  /** An archiver that died is started again within a minute, and busy machines are slow. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final long SEGMENT_BYTES = 1 << 20;

  private final MortalServer server;
  private final Archiver archiver;
  private final Path stateDirectory;
  private AgentProcess agent;

  QueueScenario(MortalServer server, Archiver archiver, Path stateDirectory) throws IOException {
    this.server = server;
    this.archiver = archiver;
    this.stateDirectory = stateDirectory;
    this.agent = serve();
  }

  private AgentProcess serve() throws IOException {
    return Launcher.packed()
        .serve(
            "--pgdata", "main=" + server.dataDirectory(), "--state-dir", stateDirectory.toString());
  }

  static void within(ThrowingRunnable assertion) {
    await().atMost(LIMIT).ignoreExceptions().untilAsserted(assertion);
  }

  void play() throws Exception {
    within(() -> assertThat(agent.get("/-/ready").statusCode()).isEqualTo(200));
    server.start();
    // A data directory may have been made only now, and what was done before is not counted.
    within(() -> assertThat(agent.scrape().value("walwatch_archive_scan_success")).hasValue(1));
    archive(3);
    ControlData.compare(agent, "main", server);
    failAndRecover();
    crash();
    ControlData.compare(agent, "main", server);
    leaveOrphans();
    beAwayOverACheckpoint();
  }

  /** Some segments one after the other. */
  private void archive(int segments) throws SQLException {
    for (int i = 0; i < segments; i++) {
      server.switchSegment();
    }
    awaitAllArchived();
  }

  private void failAndRecover() throws SQLException {
    archiver.setMode("exit 1");
    for (int i = 0; i < 5; i++) {
      server.switchSegment();
    }
    within(
        () -> {
          Scrape scrape = agent.scrape();
          assertThat(scrape.value("walwatch_archive_ready_files", "kind=segment")).hasValue(5);
          assertThat(scrape.value("walwatch_archive_ready_bytes")).hasValue(5 * SEGMENT_BYTES);
          assertThat(scrape.value("walwatch_archive_oldest_ready_timestamp_seconds")).isPresent();
        });
    archiver.setMode("ok");
    archive(1);
  }

  /** kill -9 of the postmaster with a backlog; what waited is archived after the restart. */
  private void crash() throws IOException, SQLException {
    archiver.setMode("exit 1");
    server.switchSegment();
    server.switchSegment();
    within(() -> assertThat(agent.scrape().sum("walwatch_archive_ready_files")).isEqualTo(2));
    server.kill();
    assertRunning(0);
    archiver.setMode("ok");
    server.start();
    assertRunning(1);
    archive(1);
  }

  /** A server whose processes are hidden is never said to run, nor to be down. */
  private void assertRunning(int running) {
    within(
        () ->
            assertThat(agent.scrape().value("walwatch_server_running"))
                .isEqualTo(
                    server.isVisible() ? OptionalDouble.of(running) : OptionalDouble.empty()));
  }

  /**
   * Two .ready without their segments: PostgreSQL 12 and later remove them and say so. One is of a
   * segment that was archived long ago, as a crash can bring it back; the other of one that never
   * was.
   */
  private void leaveOrphans() throws IOException, SQLException {
    String archived = storedSegments().get(0);
    server.stop();
    assertThat(server.archiveStatus().resolveSibling(archived)).doesNotExist();
    Files.createFile(server.archiveStatus().resolve(archived + ".ready"));
    Files.createFile(server.archiveStatus().resolve("0000000100000000000000FE.ready"));
    server.start();
    server.switchSegment();
    // The lower one is removed and looked at first: were it counted, there would be two.
    within(
        () -> assertThat(agent.scrape().sum("walwatch_archive_vanished_files_total")).isEqualTo(1));
    awaitAllArchived();
  }

  /** What is archived and removed while nobody looks is no loss; what is left of it is counted. */
  private void beAwayOverACheckpoint() throws Exception {
    double archivedBefore = agent.scrape().sum("walwatch_archive_archived_files_total");
    int storedBefore = storedSegments().size();
    agent.close();
    for (int i = 0; i < 40; i++) {
      server.switchSegment();
    }
    await().atMost(LIMIT).until(() -> server.waitingFiles() == 0);
    server.query("checkpoint");
    long left = done(storedSegments().subList(storedBefore, storedBefore + 40));
    agent = serve();
    within(
        () -> {
          Scrape scrape = agent.scrape();
          assertThat(scrape.value("walwatch_archive_contiguous_position_bytes"))
              .hasValue(lastStoredEnd());
          assertThat(scrape.value("walwatch_archive_gap_segments")).hasValue(0);
          assertThat(scrape.sum("walwatch_archive_vanished_files_total")).isEqualTo(1);
          assertThat(scrape.sum("walwatch_archive_archived_files_total"))
              .isEqualTo(archivedBefore + left);
          assertThat(scrape.sum("walwatch_archive_unobserved_files_total")).isZero();
        });
  }

  private long done(List<String> segments) {
    return segments.stream()
        .filter(name -> Files.exists(server.archiveStatus().resolve(name + ".done")))
        .count();
  }

  private void awaitAllArchived() {
    within(
        () -> {
          Scrape scrape = agent.scrape();
          assertThat(scrape.sum("walwatch_archive_ready_files")).isZero();
          assertThat(server.waitingFiles()).isZero();
          assertThat(scrape.sum("walwatch_archive_archived_files_total"))
              .isEqualTo(archiver.journal().stored());
          assertThat(scrape.value("walwatch_archive_last_archived_position_bytes"))
              .hasValue(lastStoredEnd());
          assertThat(scrape.value("walwatch_archive_contiguous_position_bytes"))
              .hasValue(lastStoredEnd());
          assertThat(scrape.value("walwatch_archive_gap_segments")).hasValue(0);
          assertThat(scrape.value("walwatch_server_in_recovery")).hasValue(0);
          assertThat(scrape.value("walwatch_server_archive_mode", "mode=on")).hasValue(1);
          assertThat(scrape.sum("walwatch_archive_received_files_total")).isZero();
          assertThat(scrape.sum("walwatch_archive_unobserved_files_total")).isZero();
        });
  }

  /** Names of the whole segments in the journal, in its order. */
  private List<String> storedSegments() {
    return archiver.journal().entries().stream()
        .filter(JournalEntry::stored)
        .map(JournalEntry::file)
        .filter(file -> file.length() == 24)
        .toList();
  }

  /** End of the highest whole segment in the journal, as a WAL position. */
  private double lastStoredEnd() {
    String last = storedSegments().stream().max(Comparator.naturalOrder()).orElseThrow();
    long log = Long.parseLong(last.substring(8, 16), 16);
    long segment = Long.parseLong(last.substring(16), 16);
    return (log << 32) + (segment + 1) * SEGMENT_BYTES;
  }

  @Override
  public void close() {
    agent.close();
  }
}
