/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.Node;
import io.walwatch.agent.state.RestoreResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From which checkpoint counters go on, and from which only positions. */
final class RestoredTest {
  private static final long SAVED_MILLIS = 1_795_338_495_527L;
  private static final Host HERE = new Host("machine-1", "boot-1", OptionalLong.empty());

  @TempDir private Path directory;
  @TempDir private Path runtime;
  private CheckpointFile file = new CheckpointFile(Path.of(""));
  private UnsavedMarker unsaved = new UnsavedMarker(List.of(), Path.of(""));

  @BeforeEach
  void open() {
    file = new CheckpointFile(directory);
    unsaved = new UnsavedMarker(List.of(runtime), directory);
  }

  @Test
  void shouldGoOnAfterACrashWithinTheSameBoot() throws IOException {
    save(HERE, false);

    Restored restored = load(HERE);

    assertThat(restored.result()).isEqualTo(RestoreResult.RESUMED);
    assertThat(restored.sameBoot()).isTrue();
    assertThat(restored.node().longAt("n", 0)).isEqualTo(1);
  }

  @Test
  void shouldGoOnAfterACleanStopAndABoot() throws IOException {
    save(HERE, true);

    Restored restored = load(new Host("machine-1", "boot-2", OptionalLong.empty()));

    assertThat(restored.result()).isEqualTo(RestoreResult.RESUMED);
    assertThat(restored.sameBoot()).isFalse();
  }

  @Test
  void shouldGoOnWhereTheNextBootFollowedSoonAfterACleanStop() throws IOException {
    save(HERE, true);

    assertThat(load(bootedMinutesLater(14)).result()).isEqualTo(RestoreResult.RESUMED);
  }

  /** A run in between may have shown values while it could write nothing anywhere. */
  @Test
  void shouldResetCountersWhereAnotherBootMayHaveComeBetween() throws IOException {
    save(HERE, true);

    Restored restored = load(bootedMinutesLater(15));

    assertThat(restored.result()).isEqualTo(RestoreResult.RESET);
    assertThat(restored.node().longAt("n", 0)).as("positions stay").isEqualTo(1);
  }

  @Test
  void shouldReadFromTheKernelWhenTheMachineWasBooted() {
    assertThat(Host.bootTime("cpu  1 2 3\nbtime 1795338495\nprocesses 7\n"))
        .hasValue(1_795_338_495_000L);
    assertThat(Host.bootTime("unknown")).isEmpty();
    assertThat(Host.read().bootedMillis()).isPresent();
  }

  private static Host bootedMinutesLater(long minutes) {
    long booted = SAVED_MILLIS + Duration.ofMinutes(minutes).toMillis();
    return new Host("machine-1", "boot-2", OptionalLong.of(booted));
  }

  @Test
  void shouldResetCountersAfterACrashOfTheMachine() throws IOException {
    save(HERE, false);

    Restored restored = load(new Host("machine-1", "boot-2", OptionalLong.empty()));

    assertThat(restored.result()).isEqualTo(RestoreResult.RESET);
    assertThat(restored.withCounters()).isFalse();
    assertThat(restored.node().longAt("n", 0)).as("positions stay").isEqualTo(1);
  }

  @Test
  void shouldResetCountersInADirectoryCopiedFromAnotherMachine() throws IOException {
    save(HERE, true);

    assertThat(load(new Host("machine-2", "boot-1", OptionalLong.empty())).result())
        .isEqualTo(RestoreResult.RESET);
  }

  @Test
  void shouldResetCountersWhereOnlyThePreviousCheckpointCanBeRead() throws IOException {
    save(HERE, false);
    save(HERE, false);
    Files.writeString(directory.resolve("checkpoint"), "broken");

    assertThat(load(HERE).result()).isEqualTo(RestoreResult.RESET);
  }

  @Test
  void shouldResetCountersWhereValuesWereShownThatAreNotKept() throws IOException {
    save(HERE, true);
    unsaved.set();

    assertThat(load(HERE).result()).isEqualTo(RestoreResult.RESET);

    unsaved.clear();
    assertThat(load(HERE).result()).isEqualTo(RestoreResult.RESUMED);
  }

  @Test
  void shouldStartAsNewWithABrokenCheckpointAndNoOther() throws IOException {
    Files.writeString(directory.resolve("checkpoint"), "");

    assertThat(load(HERE).result()).isEqualTo(RestoreResult.CORRUPT);
  }

  @Test
  void shouldStartAsNewWithTheCheckpointOfANewerWalwatchAndWriteItsOwn() throws IOException {
    // As a later format would begin: its version is all that may be believed of it.
    Files.writeString(directory.resolve("checkpoint"), "walwatch-checkpoint 2 2 0\n{}");

    assertThat(load(HERE).result()).isEqualTo(RestoreResult.CORRUPT);
    assertThat(load(HERE).withCounters()).isFalse();

    save(HERE, false);
    assertThat(load(HERE).result()).isEqualTo(RestoreResult.RESUMED);
  }

  @Test
  void shouldGoOnFromThePreviousCheckpointBesideThatOfANewerWalwatch() throws IOException {
    save(HERE, false);
    Files.move(directory.resolve("checkpoint"), directory.resolve("checkpoint.previous"));
    Files.writeString(directory.resolve("checkpoint"), "walwatch-checkpoint 2 2 0\n{}");

    Restored restored = load(HERE);

    assertThat(restored.result()).isEqualTo(RestoreResult.RESET);
    assertThat(restored.node().longAt("n", 0)).isEqualTo(1);
  }

  @Test
  void shouldStartAsNewWithoutACheckpoint() {
    assertThat(load(HERE).result()).isEqualTo(RestoreResult.NEW);
  }

  private Restored load(Host host) {
    return Restored.load(file, host, unsaved);
  }

  private void save(Host host, boolean clean) throws IOException {
    file.save(
        new Node()
            .put("machine", host.machine())
            .put("boot", host.boot())
            .put("clean", clean)
            .put("saved", SAVED_MILLIS)
            .put("n", 1),
        true);
  }
}
