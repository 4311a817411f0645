/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.walwatch.agent.state.SourceState;
import io.walwatch.agent.tail.InputLines;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.LogPipelines;
import io.walwatch.parse.Origin;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * Inputs of any size in constant memory: what the reading thread allocates over 100 MiB, which the
 * JVM counts, is what it needs to begin and no more, so ten gigabytes need the same.
 */
final class EndlessInputTest {
  private static final int LINE_BYTES = 64 * 1024;
  private static final long INPUT_BYTES = 100L << 20;

  /** Buffers, parsers, and the classes of both. */
  private static final long MAX_ALLOCATED_BYTES = 16L << 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private int events;

  @Test
  void shouldReadALineOf100MiB() throws IOException {
    String failure =
        """

        2026-11-22 09:00:02.000 UTC [103] LOG:  archive command failed with exit code 1
        2026-11-22 09:00:02.000 UTC [103] DETAIL:  The failed archive command was: x
        """;

    long allocated = read(new Repeated("x", failure));

    assertThat(allocated).isLessThan(MAX_ALLOCATED_BYTES);
    assertThat(events).isEqualTo(1);
  }

  @Test
  void shouldReadLinesWithoutEnd() throws IOException {
    String line = "2026-11-01 10:00:00.123 UTC [2041] LOG:  duration: 512.3 ms  statement: a\n";

    long allocated = read(new Repeated(line, ""));

    assertThat(allocated).isLessThan(MAX_ALLOCATED_BYTES);
    assertThat(events).isZero();
  }

  private long read(InputStream in) throws IOException {
    long before = threads.getCurrentThreadAllocatedBytes();
    List<LogParserProvider> providers =
        ServiceLoader.load(LogParserProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    InputLines.read(
        in,
        "-",
        LINE_BYTES,
        name ->
            new PipelineHandler(
                () -> LogPipelines.create(PipelineOptions.DEFAULT, providers, new Counter())),
        SourceState.unnamed());
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private final class Counter implements EventSink {
    @Override
    public void event(LogEvent event, Origin origin) {
      events++;
    }

    @Override
    public void rejected(Rejection rejection) {}
  }

  /** A text again and again, and another one at the end. */
  private static final class Repeated extends InputStream {
    private final byte[] text;
    private final byte[] last;
    private long left = INPUT_BYTES;
    private int lastRead;

    Repeated(String text, String last) {
      this.text = text.repeat(LINE_BYTES / text.length()).getBytes(UTF_8);
      this.last = last.getBytes(UTF_8);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left > 0) {
        int count = Math.min(length, text.length);
        System.arraycopy(text, 0, into, offset, count);
        left -= count;
        return count;
      }
      int count = Math.min(length, last.length - lastRead);
      System.arraycopy(last, lastRead, into, offset, count);
      lastRead += count;
      return count == 0 ? -1 : count;
    }
  }
}
