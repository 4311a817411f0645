/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.Node;
import io.walwatch.agent.state.RestoreResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From which checkpoint counters go on, and from which only positions. */
final class RestoredTest {
  private static final Host HERE = new Host("machine-1", "boot-1");

  @TempDir private Path directory;
  @TempDir private Path runtime;
  private CheckpointFile file = new CheckpointFile(Path.of(""));
  private UnsavedMarker unsaved = new UnsavedMarker(Path.of(""), Path.of(""));

  @BeforeEach
  void open() {
    file = new CheckpointFile(directory);
    unsaved = new UnsavedMarker(runtime, directory);
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

    Restored restored = load(new Host("machine-1", "boot-2"));

    assertThat(restored.result()).isEqualTo(RestoreResult.RESUMED);
    assertThat(restored.sameBoot()).isFalse();
  }

  @Test
  void shouldResetCountersAfterACrashOfTheMachine() throws IOException {
    save(HERE, false);

    Restored restored = load(new Host("machine-1", "boot-2"));

    assertThat(restored.result()).isEqualTo(RestoreResult.RESET);
    assertThat(restored.withCounters()).isFalse();
    assertThat(restored.node().longAt("n", 0)).as("positions stay").isEqualTo(1);
  }

  @Test
  void shouldResetCountersInADirectoryCopiedFromAnotherMachine() throws IOException {
    save(HERE, true);

    assertThat(load(new Host("machine-2", "boot-1")).result()).isEqualTo(RestoreResult.RESET);
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
            .put("n", 1),
        true);
  }
}
