/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.CheckpointFacts;
import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.ServerCount;
import io.walwatch.agent.state.ServerFacts;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.state.SourceFacts;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Publisher, keeper and state in lock-step, with a crash considered after every step: what a next
 * start would show is never below what a scrape has shown, unless it is exactly 0.
 */
final class ShownMeansKeptTest {
  @TempDir private Path directory;
  @TempDir private Path runtime;
  @TempDir private Path lasting;
  private final TestClock clock = new TestClock();
  private int boots = 1;
  private AgentState state = new AgentState(clock);
  private CheckpointKeeper keeper = new NoCheckpoint();
  private Publisher publisher = new Publisher(keeper, this::look, clock);

  @Test
  void shouldNeverTakeBackWhatWasShownWhereverItCrashes() throws IOException {
    for (long seed = 1; seed <= 25; seed++) {
      Random random = new Random(seed);
      mendDisk();
      start();
      StringBuilder steps = new StringBuilder("seed " + seed + ":");
      for (int step = 0; step < 60; step++) {
        steps.append(' ').append(step(random));
        considerACrash(steps.toString());
      }
    }
  }

  private String step(Random random) throws IOException {
    switch (random.nextInt(10)) {
      case 0 -> {
        breakDisk(random.nextBoolean());
        return "break";
      }
      case 1, 2 -> {
        mendDisk();
        return "mend";
      }
      case 3 -> {
        start();
        return "crash";
      }
      case 4 -> {
        return rare(random);
      }
      case 5, 6, 7 -> {
        state
            .sink("log", "main")
            .event(new LogEvent.WalOutOfSpace(clock.instant()), new Origin("postgres", 0, 0));
        return "event";
      }
      default -> {
        clock.advanceMillis(random.nextInt(400));
        publisher.offer(state.takeChanges());
        return "offer";
      }
    }
  }

  private String rare(Random random) {
    if (random.nextBoolean()) {
      publisher.stop();
      start();
      return "restart";
    }
    boolean clean = random.nextBoolean();
    if (clean) {
      publisher.stop();
    }
    boot();
    start();
    return clean ? "clean-boot" : "power-cut";
  }

  /** What another start would restore now, of this boot and of the next. */
  private void considerACrash(String when) {
    long shown = shown(publisher.published());
    assertThat(restorable(boots)).as(when).matches(next -> next >= shown || next == 0);
    assertThat(restorable(boots + 1)).as(when).matches(next -> next >= shown || next == 0);
  }

  private long restorable(int boot) {
    AgentState next = known();
    Restored restored = load(boot);
    next.restore(restored.node().at("state"), restored.withCounters());
    return shown(look(next, AgentFacts.of(keeper.facts())));
  }

  private void start() {
    Restored restored = load(boots);
    state = known();
    state.restore(restored.node().at("state"), restored.withCounters());
    AgentState running = state;
    keeper =
        new FileCheckpointKeeper(
            new CheckpointFile(directory),
            marker(),
            host(boots),
            restored,
            node -> running.save(node.add("state")),
            clock);
    publisher = new Publisher(keeper, this::look, clock);
  }

  /** The runtime directory is empty after a boot. */
  private void boot() {
    boots++;
    marker(runtime).clear();
  }

  private AgentState known() {
    AgentState fresh = new AgentState(clock);
    fresh.sink("log", "main");
    return fresh;
  }

  private Restored load(int boot) {
    return Restored.load(new CheckpointFile(directory), host(boot), marker());
  }

  private UnsavedMarker marker() {
    return marker(runtime, lasting);
  }

  private UnsavedMarker marker(Path... places) {
    return new UnsavedMarker(List.of(places), directory);
  }

  private static Host host(int boot) {
    return new Host("machine", "boot-" + boot, OptionalLong.empty());
  }

  private Snapshot look(CheckpointFacts checkpoint) {
    return look(state, AgentFacts.of(checkpoint));
  }

  private static Snapshot look(AgentState state, AgentFacts agent) {
    return state.publish(name -> ServerFacts.NONE, name -> new SourceFacts("main", 1, 0), agent);
  }

  private static long shown(@org.jspecify.annotations.Nullable Snapshot snapshot) {
    return snapshot == null
        ? 0
        : Objects.requireNonNull(
            snapshot.servers().get(0).counts().get(ServerCount.WAL_OUT_OF_SPACE));
  }

  /** Works as root too. Where nothing can be renamed either, only the marker is left. */
  private void breakDisk(boolean wholly) throws IOException {
    Files.createDirectories(directory.resolve("checkpoint.tmp"));
    if (wholly && !Files.isDirectory(directory.resolve("checkpoint.previous"))) {
      Files.deleteIfExists(directory.resolve("checkpoint.previous"));
      Files.createDirectories(directory.resolve("checkpoint.previous/full"));
    }
  }

  private void mendDisk() throws IOException {
    Files.deleteIfExists(directory.resolve("checkpoint.tmp"));
    Path previous = directory.resolve("checkpoint.previous");
    if (Files.isDirectory(previous)) {
      Files.delete(previous.resolve("full"));
      Files.delete(previous);
    }
  }
}
