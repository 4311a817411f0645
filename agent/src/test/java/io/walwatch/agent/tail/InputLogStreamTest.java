/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InputLogStreamTest {
  private final RecordingLines recorded = new RecordingLines();

  @Test
  void shouldReadLinesUntilTheWriterIsGone() {
    InputLogStream stream = stream(new ByteArrayInputStream("a\nb\nlast".getBytes(UTF_8)));
    while (!stream.isEnded()) {
      stream.read(1 << 20);
      Thread.onSpinWait();
    }
    assertThat(recorded.lines).containsExactly("a", "b", "last");
    assertThat(recorded.told).containsExactly("end");
    assertThat(stream.openFiles()).isZero();
    stream.close();
  }

  @Test
  void shouldNotWaitForAWriterThatIsSilent() throws IOException {
    try (PipedOutputStream writer = new PipedOutputStream();
        InputLogStream stream = stream(new PipedInputStream(writer))) {
      assertThat(stream.read(1 << 20)).isZero();
      writer.write("a\nb".getBytes(UTF_8));
      writer.flush();
      assertThat(recorded.await(stream, 1)).containsExactly("a");
    }
  }

  private InputLogStream stream(InputStream input) {
    return new InputLogStream("stdin", input, TailLimits.DEFAULT, recorded, recorded, () -> 0);
  }
}
