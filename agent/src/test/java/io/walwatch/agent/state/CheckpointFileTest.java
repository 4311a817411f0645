/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.agent.state.CheckpointFile.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checkpoint file survives. */
final class CheckpointFileTest {
  @TempDir private Path directory;

  @Test
  void shouldGiveBackWhatWasSaved() throws IOException {
    CheckpointFile file = new CheckpointFile(directory);
    Node node = new Node().put("number", 1L << 60).put("text", "päth\n\"x\"").put("real", 0.5);
    node.add("inner").put("flag", true);

    file.save(node, true);

    Node loaded = file.load().orElseThrow().node();
    assertThat(loaded.longAt("number", 0)).isEqualTo(1L << 60);
    assertThat(loaded.stringAt("text")).isEqualTo("päth\n\"x\"");
    assertThat(loaded.doubleAt("real", 0)).isEqualTo(0.5);
    assertThat(loaded.at("inner").booleanAt("flag")).isTrue();
  }

  /** A problem that quotes a list whose JSON names one half of a character. */
  @Test
  void shouldSaveHalvesOfCharacters() throws IOException {
    CheckpointFile file = new CheckpointFile(directory);
    Node node = new Node().put("text", "a\uD83Db").put("list", List.of("\uDE00"));
    node.add("name\uD83D").put("flag", true);

    file.save(node, true);

    Node loaded = file.load().orElseThrow().node();
    assertThat(loaded.stringAt("text")).isEqualTo("a\uFFFDb");
    assertThat(loaded.stringsAt("list")).containsExactly("\uFFFD");
    assertThat(loaded.at("name\uFFFD").booleanAt("flag")).isTrue();
  }

  @Test
  void shouldStartAsNewWithoutAFile() throws IOException {
    assertThat(new CheckpointFile(directory).load()).isEmpty();
  }

  @Test
  void shouldFallBackToThePreviousOneWhereverTheNewestIsCut() throws IOException {
    CheckpointFile file = new CheckpointFile(directory);
    file.save(new Node().put("n", 1), true);
    file.save(new Node().put("n", 2), true);
    Path newest = directory.resolve("checkpoint");
    byte[] whole = Files.readAllBytes(newest);
    for (int length = 0; length < whole.length; length++) {
      Files.write(newest, java.util.Arrays.copyOf(whole, length));

      CheckpointFile.Loaded loaded = file.load().orElseThrow();

      assertThat(loaded.source()).isEqualTo(Source.PREVIOUS);
      assertThat(loaded.node().longAt("n", 0)).isEqualTo(1);
    }
  }

  @Test
  void shouldNoticeEveryChangedByte() throws IOException {
    CheckpointFile file = new CheckpointFile(directory);
    file.save(new Node().put("n", 2), false);
    Path newest = directory.resolve("checkpoint");
    byte[] whole = Files.readAllBytes(newest);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 1;
      Files.write(newest, damaged);

      assertThatThrownBy(file::load).isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldRefuseAFormatThatItDoesNotKnow() throws IOException {
    Files.writeString(directory.resolve("checkpoint"), "walwatch-checkpoint 9 2 0\n{}");

    assertThatThrownBy(new CheckpointFile(directory)::load)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format version 9");
  }
}
