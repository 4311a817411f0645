/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerCount;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.tail.FileSource;
import io.walwatch.parse.PipelineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are created, and go away, while the agent runs. */
@Timeout(60)
final class ReplannerTest {
  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private final AgentState state = new AgentState(clock);
  private final List<ServerConfig> found = new ArrayList<>();
  private final List<LogSource> logs = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int planned;

  private WatchPlan plan() {
    planned++;
    return new WatchPlan(List.copyOf(found), List.copyOf(logs), List.of(), List.copyOf(problems));
  }

  private Watched watched() {
    return Watched.of(
        Limits.DEFAULT,
        Plugins.find(directory),
        state,
        clock,
        FileSource.Start.END,
        Restored.nothing(),
        new NobodyWatches());
  }

  @Test
  void shouldWatchAServerThatIsCreatedWhileItRuns() throws IOException {
    Watched watched = watched();
    Replanner replanner =
        new Replanner(new HostLook(this::plan, Runnable::run), watched, clock, List.of());
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.createDirectories(data.resolve("pg_wal/archive_status"));
    Files.createFile(data.resolve("pg_wal/archive_status/000000010000000000000001.ready"));
    found.add(new ServerConfig("16/new", Optional.of(data), Optional.empty(), Optional.empty()));

    assertThat(replanner.tick()).as("looked a moment ago").isFalse();
    clock.advanceMillis(30_000);
    assertThat(replanner.tick()).isTrue();

    WatchedServer server = watched.servers().iterator().next();
    assertThat(server.name()).isEqualTo("16/new");
    server.refresh();
    assertThat(server.tick()).isTrue();
    assertThat(server.queue().orElseThrow().status().readySegments()).isEqualTo(1);
  }

  @Test
  void shouldKeepWatchingAServerThatIsNoLongerFound() throws UsageException {
    found.add(
        new ServerConfig("15/main", Optional.of(directory), Optional.empty(), Optional.empty()));
    Watched watched = watched();
    watched.add(plan());
    found.clear();
    Replanner replanner =
        new Replanner(new HostLook(this::plan, Runnable::run), watched, clock, List.of());

    clock.advanceMillis(30_000);
    assertThat(replanner.tick()).isFalse();

    assertThat(planned).isEqualTo(2);
    assertThat(watched.servers()).extracting(WatchedServer::name).containsExactly("15/main");
  }

  /** ALTER SYSTEM SET log_directory, and a reload a moment later. */
  @Test
  void shouldReadWhereTheSettingsSendTheLogNowAndTheRestOfTheOldPlace() throws Exception {
    Path before = Files.createDirectories(directory.resolve("log"));
    Path after = directory.resolve("log2");
    Files.writeString(before.resolve("a.log"), "read before us\n");
    logs.add(log(before, "%m [%p] "));
    Watched watched = watched();
    watched.add(plan());
    read(watched);
    Replanner replanner =
        new Replanner(new HostLook(this::plan, Runnable::run), watched, clock, List.of());

    logs.set(0, log(after, "%m [%p] "));
    append(before.resolve("a.log"), "old\n");
    append(Files.createDirectories(after).resolve("a.log"), "newer\n");
    clock.advanceMillis(30_000);

    assertThat(replanner.tick()).isTrue();
    assertThat(read(watched)).isEqualTo("old\n".length() + "newer\n".length());
    clock.advanceMillis(30_000);
    assertThat(replanner.tick()).as("nothing has changed since").isFalse();
  }

  @Test
  void shouldFollowANewPrefix() throws Exception {
    logs.add(log(directory, "%m [%p] "));
    Watched watched = watched();
    watched.add(plan());
    read(watched);
    append(directory.resolve("a.log"), GAVE_UP.replaceAll(" .(3[34]). ", "[$1]: "));
    Replanner replanner =
        new Replanner(new HostLook(this::plan, Runnable::run), watched, clock, List.of());
    logs.set(0, log(directory, "%m[%p]: "));
    clock.advanceMillis(30_000);
    assertThat(replanner.tick()).isTrue();
    // The message is over when the log is quiet: another process wrote the line behind it.
    while (gaveUp(watched) == 0) {
      read(watched);
      Thread.onSpinWait();
    }
    assertThat(gaveUp(watched)).isEqualTo(1);
  }

  @Test
  void shouldNotFollowSettingsThatCannotBeReadForAMoment() throws Exception {
    logs.add(log(directory, "%m [%p] "));
    Watched watched = watched();
    watched.add(plan());
    Replanner replanner =
        new Replanner(new HostLook(this::plan, Runnable::run), watched, clock, List.of());
    logs.set(0, log(directory.resolve("nowhere"), "%m [%p] "));
    problems.add("main: postgresql.conf cannot be read");
    clock.advanceMillis(30_000);

    assertThat(replanner.tick()).isFalse();
  }

  /** A data directory that could not be read at the reload, and can be some time later. */
  @Test
  void shouldReadALogAgainThatAReloadHasEndedAndThatIsFoundOtherwise() throws Exception {
    found.add(new ServerConfig("main", Optional.of(directory), Optional.empty(), Optional.empty()));
    logs.add(log(directory, "%m [%p] "));
    Watched watched = watched();
    watched.add(plan());
    read(watched);
    watched.change(
        new WatchPlan(List.of(), List.of(), List.of(), List.of()),
        AgentConfig.DEFAULT,
        withoutDiscovery());
    assertThat(watched.sources()).isEmpty();
    Replanner replanner =
        new Replanner(new HostLook(this::plan, Runnable::run), watched, clock, List.of());

    logs.set(0, log(directory, "%m[%p]: "));
    append(directory.resolve("a.log"), "written meanwhile\n");
    clock.advanceMillis(30_000);

    assertThat(replanner.tick()).isTrue();
    assertThat(read(watched)).isEqualTo("written meanwhile\n".length());
  }

  private AgentConfig withoutDiscovery() {
    return new AgentConfig(
        List.of(),
        Optional.empty(),
        directory,
        directory,
        List.of(),
        false,
        List.of(),
        List.of(),
        List.of(),
        Limits.DEFAULT,
        false,
        false);
  }

  /** ALTER SYSTEM SET log_destination = 'csvlog', and a reload: the notice comes later. */
  @Test
  void shouldReadTheFormatThatAServerChangedToFromItsFirstRecord() throws Exception {
    Watched watched = watchedStderr();
    Replanner replanner =
        new Replanner(new HostLook(this::plan, Runnable::run), watched, clock, List.of());
    written(directory.resolve("a.csv"), "before the change is noticed\n");
    logs.add(csv(true));
    clock.advanceMillis(30_000);
    assertThat(replanner.tick()).isTrue();
    assertThat(read(watched)).isEqualTo("before the change is noticed\n".length());
  }

  @Test
  void shouldNotReadWhatStandsInTheLogThatWasReadAllAlong() throws Exception {
    Watched watched = watchedStderr();
    Replanner replanner =
        new Replanner(new HostLook(this::plan, Runnable::run), watched, clock, List.of());
    written(directory.resolve("a.csv"), "in both\n");
    logs.add(csv(false));
    clock.advanceMillis(30_000);
    assertThat(replanner.tick()).isTrue();
    assertThat(read(watched)).isZero();
  }

  @Test
  void shouldNotReadWhatAnEarlierChangeOfTheFormatHasLeft() throws Exception {
    Watched watched = watchedStderr();
    written(directory.resolve("a.csv"), "of last week\n");
    clock.advanceMillis(Duration.ofDays(36_500).toMillis());
    Replanner replanner =
        new Replanner(new HostLook(this::plan, Runnable::run), watched, clock, List.of());
    logs.add(csv(true));
    clock.advanceMillis(30_000);
    assertThat(replanner.tick()).isTrue();
    assertThat(read(watched)).isZero();
  }

  /** Not in the moment in which it was made: else nobody can tell when that was. */
  private static void written(Path file, String text) throws IOException {
    append(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
  }

  private Watched watchedStderr() throws UsageException {
    logs.add(log(directory, "%m [%p] "));
    Watched watched = watched();
    watched.add(plan());
    read(watched);
    return watched;
  }

  private LogSource csv(boolean alone) {
    return new LogSource(
        "main/csvlog",
        "main",
        new SourceInput.Files(List.of(directory.resolve("*.csv").toString())),
        new PipelineOptions("csvlog", null, null, Set.of(), true),
        alone);
  }

  private static final String GAVE_UP =
      "2026-11-22 12:00:00.000 UTC [33] WARNING:  archiving write-ahead log file"
          + " \"000000010000000000000001\" failed too many times, will try again later\n"
          + "2026-11-22 12:00:01.000 UTC [34] LOG:  checkpoint starting: time\n";

  private static LogSource log(Path directory, String prefix) {
    return new LogSource(
        "main/stderr",
        "main",
        new SourceInput.Files(List.of(directory.resolve("*.log").toString())),
        new PipelineOptions(null, prefix, null, Set.of(), true));
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Returns how many bytes there were. */
  private static int read(Watched watched) {
    int bytes = 0;
    for (WatchedSource source : watched.sources()) {
      for (int some = 1; some > 0; bytes += some) {
        some = source.stream().read(1 << 20);
      }
    }
    return bytes;
  }

  private static long gaveUp(Watched watched) {
    Snapshot snapshot = watched.snapshot(AgentFacts.NONE);
    return snapshot.servers().get(0).counts().getOrDefault(ServerCount.GAVE_UP, 0L);
  }
}
