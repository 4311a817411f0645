/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.archive.QueueMemory;
import io.walwatch.agent.archive.ServerFiles;
import io.walwatch.agent.archive.StatusDirectory;
import io.walwatch.agent.metrics.MetricCatalogue;
import io.walwatch.agent.metrics.PrometheusExposition;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that reads no log, or the wrong one, shows it by itself. */
final class TwoWitnessesTest {
  private static final String UNLOGGED = "walwatch_archive_unlogged_segments{server=\"main\"} ";
  private static final long TIMEOUT_MILLIS = 600_000;

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();

  /** Archives one segment that was not there before the agent, and scrapes after the time-out. */
  private String scrapeBlindly(String archiveCommand) throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Path status = Files.createDirectories(data.resolve("pg_wal/archive_status"));
    Files.writeString(
        data.resolve("postgresql.conf"), "archive_command = '" + archiveCommand + "'\n");
    AgentState state = new AgentState(clock);
    ServerState server = state.server("main");
    ArchiveQueue queue =
        new ArchiveQueue(
            StatusDirectory.below(data),
            server.queueEvents(),
            new NobodyWatches(),
            clock,
            QueueMemory.NEW);
    WatchedServer watched =
        new WatchedServer(
            server,
            Optional.of(new ServerFiles(data, clock)),
            Optional.of(queue),
            Plugins.find(directory).providers(),
            new GoneProcesses(directory, clock),
            Optional.empty());
    watched.refresh();
    watched.tick();
    Path ready = Files.createFile(status.resolve("000000010000000000000001.ready"));
    Files.setLastModifiedTime(ready, FileTime.from(clock.instant()));
    clock.advanceMillis(60_000);
    watched.tick();
    Files.move(ready, status.resolve("000000010000000000000001.done"));
    clock.advanceMillis(60_000);
    watched.tick();
    clock.advanceMillis(TIMEOUT_MILLIS + 1);
    return new PrometheusExposition(MetricCatalogue.all())
        .scrape(
            state.publish(
                any -> watched.facts(clock.millis() - TIMEOUT_MILLIS),
                any -> {
                  throw new IllegalStateException("there is no source");
                },
                new NoCheckpoint().snapshot()),
            PrometheusExposition.TEXT);
  }

  @Test
  void shouldCountWhatNoLogToldOf() throws IOException {
    assertThat(scrapeBlindly("envdir /etc/wal-e.d/env wal-e wal-push %p"))
        .contains(UNLOGGED + "1.0\n")
        .contains("walwatch_push_started_total{archiver=\"wal-e\",server=\"main\"} 0.0\n");
  }

  @Test
  void shouldExpectNoLogOfAnArchiverThatNoParserKnows() throws IOException {
    assertThat(scrapeBlindly("cp %p /mnt/%f"))
        .contains("walwatch_archive_archived_files_total{kind=\"segment\",server=\"main\"} 1.0\n")
        .doesNotContain(UNLOGGED);
  }
}
