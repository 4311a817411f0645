/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.LogPipeline;
import io.walwatch.parse.LogPipelines;
import io.walwatch.parse.Origin;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.Rejection;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A line that does not matter costs no allocation: the JVM's own count of bytes that this thread
 * allocated does not grow at all over many of them.
 */
class AllocationTest {
  private static final int WARM_UP_ROUNDS = 2_000;
  private static final int ROUNDS = 10_000;

  /** The JVM itself may allocate once, when it compiles; the parsers would each time. */
  private static final int MEASUREMENTS = 5;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Line line = new Line();
  private long offset;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-01 10:00:00.123 UTC [2041] LOG:  duration: 512.3 ms  statement: select a",
        "\t  from orders o join customers c on c.id = o.customer",
        "2026-11-01 10:00:00.124 UTC [2042] LOG:  connection received: host=10.1.4.7 port=5",
        "2026-11-01 10:00:00.125 UTC [2043] ERROR:  duplicate key value violates unique",
        "2026-11-01 10:00:00.125 UTC [2043] DETAIL:  Key (id)=(17) already exists.",
        "2026-11-01 10:00:00.125 UTC [2043] STATEMENT:  insert into orders values ($1)",
        "2026-11-01 10:00:00.126 UTC [77] LOG:  checkpoint complete: wrote 5012 buffers",
        "2026-11-01 10:00:00.126 UTC [77] LOG:  Verbindung empfangen: Host=10.1.4.7",
        "2026-11-01 10:00:00.126 UTC [77] WARNUNG:  es gibt keine aktive Transaktion",
        "2026-11-01 10:00:00.126 UTC [77] ACHTUNG:  Zeile 12345678 ist zu lang",
        "2026-11-01 10:00:00.127 UTC [2044] app@shop LOG:  duration: 7.1 ms  statement: commit",
        "2026-11-01 10:00:00.127 UTC,,,77,,6a1.4d,1,,2026-11-01 10:00:00 UTC,,0,LOG,00000,"
            + "\"checkpoint starting: time\",,,,,,,,,\"\",\"checkpointer\",,0",
        "{\"timestamp\":\"2026-11-01 10:00:00.127 UTC\",\"pid\":77,\"error_severity\":\"LOG\",\"message\":\"a\"}",
        "Nov  1 10:00:00 db1 postgres[77]: [3-1] 2026-11-01 10:00:00.127 UTC [77] LOG:  duration: 1",
        "2026-11-01T10:00:00.127000+00:00 db1 systemd[1]: Started Session 4 of user root.",
        "2026-11-01T10:00:00.127000000Z stderr F 2026-11-01 10:00:00.127 UTC [77] LOG:  duration: 1",
        "plain output of a child, without any prefix",
        "        eight spaces, and no header before them",
        ""
      })
  void shouldAllocateNothingForALineThatDoesNotMatter(String text) {
    byte[] bytes = (text + "\n" + text + "\n").getBytes(UTF_8);
    int length = bytes.length / 2 - 1;
    LogPipeline pipeline = pipeline();
    feed(pipeline, bytes, length, WARM_UP_ROUNDS);

    long least = Long.MAX_VALUE;
    for (int i = 0; i < MEASUREMENTS; i++) {
      least = Math.min(least, allocatedBytes(pipeline, bytes, length));
    }

    assertThat(least).isZero();
  }

  /** Without what the two looks themselves cost. */
  private long allocatedBytes(LogPipeline pipeline, byte[] bytes, int length) {
    long before = threads.getCurrentThreadAllocatedBytes();
    long nothing = threads.getCurrentThreadAllocatedBytes();
    feed(pipeline, bytes, length, ROUNDS);
    long after = threads.getCurrentThreadAllocatedBytes();
    return after - nothing - (nothing - before);
  }

  /** The line that ends the array is read in full, the one before it may be told at a glance. */
  private void feed(LogPipeline pipeline, byte[] bytes, int length, int rounds) {
    for (int round = 0; round < rounds; round++) {
      int start = round % 2 == 0 ? 0 : length + 1;
      pipeline.accept(line.wrap(bytes, start, length, offset, false));
      offset += length + 1L;
    }
  }

  private static LogPipeline pipeline() {
    List<LogParserProvider> providers =
        ServiceLoader.load(LogParserProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    assertThat(providers).isNotEmpty();
    return LogPipelines.create(PipelineOptions.DEFAULT, providers, new Surprise());
  }

  /** Nothing in these lines is an event. */
  private static final class Surprise implements EventSink {
    @Override
    public void event(LogEvent event, Origin origin) {
      throw new AssertionError(event);
    }

    @Override
    public void rejected(Rejection rejection) {
      throw new AssertionError(rejection);
    }
  }
}
