/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.archive.QueueMemory;
import io.walwatch.agent.archive.ServerFiles;
import io.walwatch.agent.archive.StatusDirectory;
import io.walwatch.agent.metrics.MetricCatalogue;
import io.walwatch.agent.metrics.PrometheusExposition;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerState;
import io.walwatch.agent.state.SourceFacts;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.Origin;
import io.walwatch.parse.WalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that reads no log, or the wrong one, shows it by itself. */
final class TwoWitnessesTest {
  private static final String UNLOGGED = "walwatch_archive_unlogged_segments{server=\"main\"} ";
  private static final long TIMEOUT_MILLIS = 600_000;

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private Optional<String> told = Optional.empty();
  private String library = "";

  /** Archives one segment that was not there before the agent, and scrapes after the time-out. */
  private String scrapeBlindly(String archiveCommand) throws IOException {
    return scrapeBlindly(archiveCommand, Set.of());
  }

  private String scrapeBlindly(String archiveCommand, Set<String> named) throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Path status = Files.createDirectories(data.resolve("pg_wal/archive_status"));
    Files.writeString(
        data.resolve("postgresql.conf"),
        "archive_command = '" + archiveCommand + "'\narchive_library = '" + library + "'\n");
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
    watched.named(named);
    told.ifPresent(
        archiver ->
            state.sink("log", "main").event(completed(archiver), new Origin(archiver, 0, 1)));
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
                any -> new SourceFacts("main", 1, 0),
                AgentFacts.NONE),
            PrometheusExposition.TEXT);
  }

  /** A push of long ago. */
  private LogEvent completed(String archiver) {
    WalFile file = Objects.requireNonNull(WalFile.parse("000000010000000000000000"));
    return new LogEvent.Push(clock.instant(), archiver, PushState.COMPLETE, file, null, null, null);
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

  /** Barman never tells of a success; pgBackRest does where log-level-console is info. */
  @Test
  void shouldExpectNoLogOfAnArchiverThatIsSilentByItself() throws IOException {
    assertThat(scrapeBlindly("barman-cloud-wal-archive s3://b demo %p")).doesNotContain(UNLOGGED);
  }

  @Test
  void shouldExpectNoLogOfPgbackrestBeforeItHasToldOnce() throws IOException {
    assertThat(scrapeBlindly("pgbackrest --stanza=demo archive-push %p")).doesNotContain(UNLOGGED);
  }

  @Test
  void shouldExpectTheLogOfPgbackrestOnceItHasTold() throws IOException {
    told = Optional.of("pgbackrest");
    assertThat(scrapeBlindly("pgbackrest --stanza=demo archive-push %p"))
        .contains(UNLOGGED + "1.0\n");
  }

  @Test
  void shouldExpectTheLogOfAnArchiverBehindAScriptThatHasTold() throws IOException {
    told = Optional.of("wal-e");
    assertThat(scrapeBlindly("/usr/local/bin/push-wal.sh %p")).contains(UNLOGGED + "1.0\n");
  }

  @Test
  void shouldExpectTheLogOfAnArchiverThatTheConfigurationNames() throws IOException {
    assertThat(scrapeBlindly("/usr/local/bin/push-wal.sh %p", Set.of("wal-e")))
        .contains(UNLOGGED + "1.0\n")
        .contains("walwatch_push_started_total{archiver=\"wal-e\",server=\"main\"} 0.0\n");
  }

  /** PostgreSQL 15 runs the library and not the command; 16 and later refuse to run either. */
  @Test
  void shouldExpectNoLogOfACommandBesideAnArchiveLibrary() throws IOException {
    library = "basic_archive";
    told = Optional.of("wal-e");
    assertThat(scrapeBlindly("envdir /etc/wal-e.d/env wal-e wal-push %p", Set.of("wal-e")))
        .contains("walwatch_archive_archived_files_total{kind=\"segment\",server=\"main\"} 1.0\n")
        .doesNotContain(UNLOGGED);
  }
}
