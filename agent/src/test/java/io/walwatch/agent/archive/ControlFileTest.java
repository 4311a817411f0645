/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.ControlFile.State;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what the servers themselves, and pg_controldata, said of the same files. */
class ControlFileTest {
  private static final int VERSION = 0;
  private static final int SNAPSHOT = 1;
  private static final int STATE = 2;
  private static final int SYSTEM = 3;
  private static final List<String> SNAPSHOTS =
      List.of("initdb", "running", "stopped", "standby", "standby-stopped", "promoted", "crashed");

  static Stream<String> truth() throws IOException {
    List<String> lines = Files.readAllLines(Testdata.path("pg_control/truth.tsv"));
    return lines.subList(1, lines.size()).stream();
  }

  @ParameterizedTest
  @MethodSource("truth")
  void shouldReadWhatTheServerSaid(String line) throws IOException {
    String[] truth = line.split("\t", -1);
    ControlFile control = read(truth[VERSION] + "-" + truth[SNAPSHOT]);
    assertThat(words(control.state())).isEqualTo(truth[STATE]);
    if (!truth[SYSTEM].isEmpty()) {
      assertThat(Long.toUnsignedString(control.systemIdentifier())).isEqualTo(truth[SYSTEM]);
      assertThat(lsn(control.redoPosition())).isEqualTo(truth[4]);
      assertThat(control.timeline()).isEqualTo(Long.parseLong(truth[5]));
      assertThat(control.segmentSizeBytes()).hasValue(Long.parseLong(truth[6]));
      assertThat(control.state().isRecovering()).isEqualTo(truth[7].equals("t"));
    }
  }

  @Test
  void shouldKnowTenVersions() throws IOException {
    assertThat(truth()).hasSize(70);
  }

  @ParameterizedTest
  @MethodSource("printed")
  void shouldReadWhatPgControldataPrints(String name) throws IOException {
    ControlFile control = read(name);
    List<String> printed = Files.readAllLines(Testdata.path("pg_control/" + name + ".txt"));
    assertThat(printed)
        .contains(
            "Database system identifier:           " + control.systemIdentifier(),
            "Database cluster state:               " + words(control.state()),
            "Latest checkpoint's REDO location:    " + lsn(control.redoPosition()),
            "Latest checkpoint's TimeLineID:       " + control.timeline(),
            "Bytes per WAL segment:                " + control.segmentSizeBytes().orElseThrow());
  }

  static Stream<String> printed() {
    return Stream.of("13", "14", "15", "16", "17", "18")
        .flatMap(version -> SNAPSHOTS.stream().map(snapshot -> version + "-" + snapshot));
  }

  @Test
  void shouldReadNothingFromATornFile() throws IOException {
    byte[] before = bytes("15-running");
    byte[] after = bytes("15-stopped");
    System.arraycopy(after, 0, before, 0, 64);
    assertThat(ControlFile.parse(before)).isEmpty();
  }

  @Test
  void shouldReadNothingFromAnEmptyShortOrUnknownFile() throws IOException {
    assertThat(ControlFile.parse(new byte[0])).isEmpty();
    assertThat(ControlFile.parse(new byte[100])).isEmpty();
    assertThat(ControlFile.parse(new byte[8192])).isEmpty();
    byte[] foreign = bytes("15-running");
    assertThat(ControlFile.parse(foreign, ByteOrder.BIG_ENDIAN)).isEmpty();
  }

  private static ControlFile read(String name) throws IOException {
    return ControlFile.parse(bytes(name)).orElseThrow();
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(Testdata.path("pg_control/" + name + ".pg_control"));
  }

  private static String lsn(long position) {
    return String.format(Locale.ROOT, "%X/%X", position >>> 32, position & 0xFFFF_FFFFL);
  }

  private static String words(State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
