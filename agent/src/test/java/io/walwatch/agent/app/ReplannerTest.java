/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.tail.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are created, and go away, while the agent runs. */
final class ReplannerTest {
  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private final AgentState state = new AgentState(clock);
  private final List<ServerConfig> found = new ArrayList<>();
  private int planned;

  private WatchPlan plan() {
    planned++;
    return new WatchPlan(List.copyOf(found), List.of(), List.of(), List.of());
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
    Replanner replanner = new Replanner(this::plan, watched, clock, List.of());
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
    Replanner replanner = new Replanner(this::plan, watched, clock, List.of());

    clock.advanceMillis(30_000);
    assertThat(replanner.tick()).isFalse();

    assertThat(planned).isEqualTo(2);
    assertThat(watched.servers()).extracting(WatchedServer::name).containsExactly("15/main");
  }
}
