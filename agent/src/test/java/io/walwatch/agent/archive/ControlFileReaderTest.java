/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads beside a server that writes: the files of real servers, half of one and half of another.
 */
class ControlFileReaderTest {
  private static final int VERSION_OFFSET = 8;

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(Testdata.path("pg_control/" + name + ".pg_control"));
  }

  /** As a reader sees them who comes when the writer has written that many bytes. */
  private static byte[] torn(byte[] before, byte[] after, int written) {
    byte[] seen = before.clone();
    System.arraycopy(after, 0, seen, 0, written);
    return seen;
  }

  private static Optional<ControlFile> read(byte[]... reads) {
    Deque<byte[]> left = new ArrayDeque<>(List.of(reads));
    return ControlFileReader.read(left::remove);
  }

  @Test
  void shouldReadAgainWhatWasTorn() throws IOException {
    byte[] before = bytes("15-running");
    byte[] after = bytes("15-stopped");
    byte[] torn = torn(before, after, 64);
    ControlFile written = ControlFile.parse(after).orElseThrow();
    assertThat(read(torn, after)).hasValue(written);
    assertThat(read(torn, torn, after)).hasValue(written);
    assertThat(read(torn, torn, torn, after)).as("not for ever").isEmpty();
  }

  static Stream<String> versions() {
    return Stream.of("9.6", "10", "11", "12", "13", "14", "15", "16", "17", "18");
  }

  /** Wherever the writer was: what is believed is what was there before or is there after. */
  @ParameterizedTest
  @MethodSource("versions")
  void shouldNeverBelieveAMixture(String version) throws IOException {
    byte[] before = bytes(version + "-running");
    byte[] after = bytes(version + "-standby");
    List<ControlFile> whole =
        List.of(ControlFile.parse(before).orElseThrow(), ControlFile.parse(after).orElseThrow());
    int mixtures = 0;
    for (int written = 0; written <= after.length; written++) {
      Optional<ControlFile> read = ControlFile.parse(torn(before, after, written));
      mixtures += read.isEmpty() ? 1 : 0;
      read.ifPresent(control -> assertThat(whole).contains(control));
    }
    assertThat(mixtures).isPositive();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void shouldReadNothingFromALayoutThatIsNotKnown(String version) throws IOException {
    byte[] future = withVersion(bytes(version + "-running"), 1900);
    assertThat(ControlFile.parse(future)).isEmpty();
    int own = ByteBuffer.wrap(bytes(version + "-running")).order(ByteOrder.nativeOrder()).getInt(8);
    assertThat(ControlFile.parse(withVersion(future, own))).as("only for its version").isPresent();
  }

  @Test
  void shouldReadNothingWhereThereIsNoFile() {
    assertThat(
            ControlFileReader.read(
                () -> {
                  throw new FileNotFoundException("pg_control");
                }))
        .isEmpty();
  }

  /** The same with another version of the layout, and a checksum that fits. */
  static byte[] withVersion(byte[] control, int version) {
    byte[] bytes = control.clone();
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    int length = 128;
    while (crc(bytes, length) != data.getInt(length)) {
      length += Integer.BYTES;
    }
    data.putInt(VERSION_OFFSET, version);
    data.putInt(length, crc(bytes, length));
    return bytes;
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
