/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The marker in the runtime directory. */
final class UnsavedMarkerTest {
  @TempDir private Path runtime;
  private final Path state = Path.of("/var/lib/walwatch");

  @Test
  void shouldBeSeenByTheNextStartAndGoneAfterwards() {
    UnsavedMarker marker = new UnsavedMarker(List.of(runtime), state);
    assertThat(marker.isSet()).isFalse();
    assertThat(marker.set()).isTrue();
    assertThat(marker.set()).as("again").isTrue();
    assertThat(new UnsavedMarker(List.of(runtime), state).isSet()).isTrue();
    marker.clear();
    assertThat(new UnsavedMarker(List.of(runtime), state).isSet()).isFalse();
  }

  @Test
  void shouldSpeakOfOneStateDirectoryOnly() {
    new UnsavedMarker(List.of(runtime), state).set();

    assertThat(new UnsavedMarker(List.of(runtime), Path.of("/var/lib/other")).isSet()).isFalse();
    assertThat(new UnsavedMarker(List.of(runtime), Path.of("/var/lib/../lib/walwatch")).isSet())
        .isTrue();
  }

  @Test
  void shouldLieInTheFirstOfTheDirectoriesThatSystemdNames(@TempDir Path cache) throws IOException {
    UnsavedMarker marker =
        UnsavedMarker.of(
            state,
            Map.of(
                "RUNTIME_DIRECTORY",
                runtime + ":/nowhere",
                "CACHE_DIRECTORY",
                cache + ":/nowhere"));

    marker.set();

    for (Path directory : List.of(runtime, cache)) {
      try (var files = Files.list(directory)) {
        assertThat(files).hasSize(1);
      }
    }
  }

  @Test
  void shouldSurviveABootThatEmptiesTheRuntimeDirectory(@TempDir Path lasting) throws IOException {
    UnsavedMarker marker = new UnsavedMarker(List.of(runtime, lasting), state);
    marker.set();
    try (var files = Files.list(runtime)) {
      Files.delete(files.findFirst().orElseThrow());
    }

    assertThat(marker.isSet()).isTrue();
    marker.clear();

    assertThat(marker.isSet()).isFalse();
  }

  @Test
  void shouldBeSetWhereOnlyOneOfThePlacesCanBeWritten() {
    UnsavedMarker marker = new UnsavedMarker(List.of(runtime.resolve("gone"), runtime), state);

    assertThat(marker.set()).isTrue();
    assertThat(marker.isSet()).isTrue();
  }

  @Test
  void shouldSayThatItCouldNotBeSet() {
    assertThat(new UnsavedMarker(List.of(runtime.resolve("gone")), state).set()).isFalse();
  }
}
