/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.RestoreResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the state cannot be written down. */
final class FileCheckpointKeeperTest {
  private static final Host HERE = new Host("machine-1", "boot-1", OptionalLong.empty());

  @TempDir private Path directory;
  @TempDir private Path runtime;
  private final TestClock clock = new TestClock();

  @Test
  void shouldCountEachSaveThatFails() throws IOException {
    FileCheckpointKeeper keeper = keeper(Restored.nothing());
    breakDisk();

    keeper.save(false);
    keeper.save(false);

    assertThat(keeper.facts().errors()).isEqualTo(2);
    assertThat(keeper.facts().lastSaveMillis()).isEmpty();
  }

  @Test
  void shouldLeaveAMarkerUntilTheNextGoodSave() throws IOException {
    FileCheckpointKeeper keeper = keeper(Restored.nothing());
    keeper.save(false);
    breakDisk();
    keeper.save(false);
    assertThat(unsaved().isSet()).isTrue();

    mendDisk();
    keeper.save(false);

    assertThat(unsaved().isSet()).isFalse();
    assertThat(load(HERE).result()).isEqualTo(RestoreResult.RESUMED);
  }

  @Test
  void shouldNotGoOnFromACleanStopThatALaterRunHasLeftBehindBeforeABoot() throws IOException {
    keeper(Restored.nothing()).save(true);
    FileCheckpointKeeper second = keeper(load(HERE));
    breakDisk();
    second.save(false);

    unsaved().clear(); // the runtime directory does not survive a boot

    assertThat(load(new Host("machine-1", "boot-2", OptionalLong.empty())).result())
        .isEqualTo(RestoreResult.RESET);
  }

  @Test
  void shouldSurviveContentsThatThrow() {
    FileCheckpointKeeper keeper =
        new FileCheckpointKeeper(
            new CheckpointFile(directory),
            unsaved(),
            HERE,
            Restored.nothing(),
            node -> {
              throw new IllegalStateException("fault");
            },
            clock);

    keeper.save(false);

    assertThat(keeper.facts().errors()).isEqualTo(1);
    assertThat(unsaved().isSet()).isTrue();
  }

  @Test
  void shouldCountRestoresAndErrorsOverRestarts() throws IOException {
    FileCheckpointKeeper first = keeper(Restored.nothing());
    breakDisk();
    first.save(false);
    mendDisk();
    first.save(false);

    FileCheckpointKeeper second = keeper(load(HERE));
    second.save(false);
    FileCheckpointKeeper third = keeper(load(HERE));

    assertThat(third.facts().errors()).isEqualTo(1);
    assertThat(third.facts().restores())
        .containsEntry(RestoreResult.NEW, 1L)
        .containsEntry(RestoreResult.RESUMED, 2L);
  }

  @Test
  void shouldTellWhenItSavedLast() {
    FileCheckpointKeeper keeper = keeper(Restored.nothing());
    keeper.save(false);

    assertThat(keeper.facts().lastSaveMillis()).hasValue(clock.millis());
  }

  /** Works as root too, who may write into read-only directories. */
  private void breakDisk() throws IOException {
    Files.createDirectory(directory.resolve("checkpoint.tmp"));
  }

  private void mendDisk() throws IOException {
    Files.delete(directory.resolve("checkpoint.tmp"));
  }

  private UnsavedMarker unsaved() {
    return new UnsavedMarker(List.of(runtime), directory);
  }

  private Restored load(Host host) {
    return Restored.load(new CheckpointFile(directory), host, unsaved());
  }

  private FileCheckpointKeeper keeper(Restored restored) {
    return new FileCheckpointKeeper(
        new CheckpointFile(directory), unsaved(), HERE, restored, node -> {}, clock);
  }
}
