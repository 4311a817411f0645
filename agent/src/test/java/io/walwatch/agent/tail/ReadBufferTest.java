/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReadBufferTest {
  private final ReadBuffer buffer = new ReadBuffer();
  private final Content file = new Content(2 * ReadBuffer.SIZE_BYTES);

  @Test
  void shouldReadMoreThanItHoldsAtFirst() throws IOException {
    int length = buffer.fill(file, 7, 100_000);

    assertThat(length).isEqualTo(100_000);
    assertThat(Arrays.copyOf(buffer.array(), length))
        .isEqualTo(Arrays.copyOfRange(file.bytes, 7, 100_007));
  }

  @Test
  void shouldNeverReadMoreThanItsSize() throws IOException {
    assertThat(buffer.fill(file, 0, file.bytes.length)).isEqualTo(ReadBuffer.SIZE_BYTES);
  }

  @Test
  void shouldStaySmallWhereThereIsLittleToRead() throws IOException {
    buffer.fill(file, file.bytes.length - 100, ReadBuffer.SIZE_BYTES);

    assertThat(buffer.array()).hasSize(ReadBuffer.SMALL_BYTES);
  }

  @Test
  void shouldGiveBackWhatASilentLogDoesNotNeed() throws IOException {
    buffer.fill(file, 0, ReadBuffer.SIZE_BYTES);
    for (int look = 0; look < 300; look++) {
      buffer.fill(file, file.bytes.length - 100, 100);
    }

    assertThat(buffer.array()).hasSize(ReadBuffer.SMALL_BYTES);
    assertThat(Arrays.copyOf(buffer.array(), 100))
        .isEqualTo(Arrays.copyOfRange(file.bytes, file.bytes.length - 100, file.bytes.length));
  }

  @Test
  void shouldKeepItsSizeWhileLargePiecesComeNowAndThen() throws IOException {
    for (int look = 0; look < 300; look++) {
      buffer.fill(file, 0, look % 100 == 0 ? ReadBuffer.SIZE_BYTES : 100);
    }

    assertThat(buffer.array()).hasSize(ReadBuffer.SIZE_BYTES);
  }

  /** Gives a piece at a time, as a network file system may. */
  private static final class Content implements LogFile {
    private static final int PIECE_BYTES = 5000;
    private final byte[] bytes;

    Content(int length) {
      bytes = new byte[length];
      new Random(1).nextBytes(bytes);
    }

    @Override
    public long sizeBytes() {
      return bytes.length;
    }

    @Override
    public int read(ByteBuffer into, long offsetBytes) {
      int from = (int) offsetBytes;
      int length = Math.min(PIECE_BYTES, Math.min(into.remaining(), bytes.length - from));
      if (length <= 0) {
        return -1;
      }
      into.put(bytes, from, length);
      return length;
    }

    @Override
    public void close() {}
  }
}
