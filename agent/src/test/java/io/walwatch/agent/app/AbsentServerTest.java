/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.QueueMemory;
import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.Node;
import io.walwatch.agent.state.QueueMemoryCodec;
import io.walwatch.agent.state.RestoreResult;
import io.walwatch.agent.tail.FileSource;
import io.walwatch.parse.PipelineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is found, then for a whole run not (its disk was not mounted, say), then again:
 * what was written meanwhile is read once, and the queue is remembered.
 */
final class AbsentServerTest {
  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private Path log = Path.of("");
  private Path ready = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    log = Files.writeString(directory.resolve("a.log"), "");
    Path queue = Files.createDirectories(directory.resolve("archive_status"));
    ready = Files.createFile(queue.resolve("000000010000000000000001.ready"));
  }

  @Test
  void shouldReadOnWhereItWasAfterARunWithoutIt() throws Exception {
    Node first = run(Restored.nothing(), plan(), 2);
    Node second = run(new Restored(RestoreResult.RESUMED, first, true), nothing(), 3);
    AgentState state = new AgentState(clock);
    Watched watched = watched(state, new Restored(RestoreResult.RESUMED, second, true));

    watched.add(plan());

    assertThat(read(watched)).as("bytes written while it was away").isEqualTo(15);
    assertThat(QueueMemoryCodec.read(second.at("queues").at("main")))
        .isNotEqualTo(QueueMemory.NEW)
        .isEqualTo(QueueMemoryCodec.read(first.at("queues").at("main")));
    watched.close();
  }

  /** One run; some lines are written while it goes on. */
  private Node run(Restored restored, WatchPlan plan, int lines) throws Exception {
    AgentState state = new AgentState(clock);
    Watched watched = watched(state, restored);
    watched.add(plan);
    state.restore(restored.node().at("state"), restored.withCounters());
    watched.servers().forEach(WatchedServer::tick);
    read(watched);
    Files.writeString(log, "line\n".repeat(lines), US_ASCII, StandardOpenOption.APPEND);
    read(watched);
    Node node = new Node();
    watched.save(node);
    watched.close();
    assertThat(Files.exists(ready)).isTrue();
    return node;
  }

  private static int read(Watched watched) {
    return watched.sources().stream().mapToInt(source -> source.stream().read(1 << 20)).sum();
  }

  private Watched watched(AgentState state, Restored restored) {
    return Watched.of(
        Limits.DEFAULT,
        Plugins.find(directory),
        state,
        clock,
        FileSource.Start.END,
        restored,
        new NobodyWatches());
  }

  private WatchPlan plan() {
    ServerConfig server =
        new ServerConfig(
            "main",
            Optional.empty(),
            Optional.of(directory.resolve("archive_status")),
            Optional.empty());
    LogSource source =
        new LogSource(
            "main/log",
            "main",
            new SourceInput.Files(List.of(log.toString())),
            PipelineOptions.DEFAULT);
    return new WatchPlan(List.of(server), List.of(source), List.of(), List.of());
  }

  private static WatchPlan nothing() {
    return new WatchPlan(List.of(), List.of(), List.of(), List.of());
  }
}
