/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ListenAddress;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.config.discovery.WatchPlanner;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.tail.FileSource;
import io.walwatch.parse.framing.Framings;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a source that floods can cost the others, in turns of the loop and in bytes; the test turns
 * it by hand. What came to a quiet source is read in the next turn, and a turn reads no more of one
 * source than it writes in 100 ms at 100 MB/s, whatever lies there.
 */
final class LoopFairnessTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final long MOST_BYTES = 10_000_000;
  private static final int MEBIBYTE = 1 << 20;
  private static final long FLOOD_BYTES = 64L * MEBIBYTE;

  @TempDir private Path directory;
  private Path flood = Path.of("");
  private Path quiet = Path.of("");

  @BeforeEach
  void write() throws IOException {
    flood = Files.createFile(directory.resolve("flood.log"));
    quiet = Files.createFile(directory.resolve("quiet.log"));
    byte[] block = "a line that says nothing at all\n".repeat(MEBIBYTE / 32).getBytes(US_ASCII);
    for (long bytes = 0; bytes < FLOOD_BYTES; bytes += MEBIBYTE) {
      Files.write(flood, block, StandardOpenOption.APPEND);
    }
  }

  @Test
  void shouldReadAQuietSourceInEachTurnWhileAnotherFloods() throws Exception {
    AgentState state = new AgentState(CLOCK);
    Wakeup wakeup = new Wakeup(FileSystems.getDefault()::newWatchService);
    Watched watched = watched(state, wakeup);
    Loop loop = loop(watched, state, wakeup);
    long read = 0;
    for (int turn = 1; turn <= 5; turn++) {
      Files.writeString(quiet, "one line\n", StandardOpenOption.APPEND);
      loop.turn(false);
      assertThat(lag(watched, "quiet")).as("turn %d", turn).isZero();
      long now = FLOOD_BYTES - lag(watched, "flood");
      assertThat(now - read).as("turn %d", turn).isBetween(1L, MOST_BYTES);
      read = now;
    }
    loop.close();
  }

  private static long lag(Watched watched, String server) {
    return watched.sources().stream()
        .filter(source -> source.server().equals(server))
        .mapToLong(source -> source.stream().lagBytes())
        .sum();
  }

  private Watched watched(AgentState state, Wakeup wakeup) throws UsageException {
    Watched watched =
        Watched.of(
            Limits.DEFAULT,
            Plugins.find(directory),
            state,
            CLOCK,
            FileSource.Start.BEGINNING,
            Restored.nothing(),
            wakeup);
    watched.add(plan());
    return watched;
  }

  private Loop loop(Watched watched, AgentState state, Wakeup wakeup) throws UsageException {
    WatchPlan plan = plan();
    FailureWatch failures = new FailureWatch(new FailureStore(directory), CLOCK);
    return new Loop(
        watched,
        state,
        new Publisher(
            new NoCheckpoint(), checkpoint -> watched.snapshot(AgentFacts.of(checkpoint)), CLOCK),
        () -> false,
        new Replanner(new HostLook(() -> plan, Runnable::run), watched, CLOCK, List.of()),
        new ForgetRequests(directory),
        new Backups(config(), Plugins.find(directory), state, failures, CLOCK),
        Jobs.open(config(), Host.read(), state.jobs(), failures, CLOCK, () -> {}),
        failures,
        wakeup,
        CLOCK);
  }

  private WatchPlan plan() {
    return new WatchPlanner(Map.of(), Framings.names()).plan(config());
  }

  private AgentConfig config() {
    return new AgentConfig(
        List.of(new ListenAddress(Optional.of("127.0.0.1"), 0)),
        Optional.empty(),
        directory,
        directory,
        List.of(server("flood", flood), server("quiet", quiet)),
        List.of(),
        List.of(),
        List.of(),
        Limits.DEFAULT,
        true);
  }

  private ServerConfig server(String name, Path log) {
    return new ServerConfig(
        name,
        Optional.empty(),
        Optional.of(directory.resolve(name)),
        Optional.of(List.of(log.toString())));
  }
}
