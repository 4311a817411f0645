/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walwatch.parse.EventSink;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.LogPipeline;
import io.walwatch.parse.LogPipelines;
import io.walwatch.parse.Origin;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.Rejection;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One line through framing and all parsers. An operation is a line, so that {@code
 * gc.alloc.rate.norm} is bytes allocated per line and {@code bytes} is bytes of the log a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class FramingBenchmark {
  private static final int COPIES = 1_024;
  private static final String AT = "2026-11-22 10:00:00.123 UTC";
  private static final String FAILED = "archive command failed with exit code 1";
  private static final String COMMAND =
      "The failed archive command was: wal-e wal-push pg_wal/000000010000000000000001";

  /** How the log is framed. */
  @Param({"stderr", "csvlog", "jsonlog", "syslog"})
  public String framing = "";

  /** Lines that do not matter, or records of a failed attempt: one line, or two where framed so. */
  @Param({"nothing", "failure"})
  public String record = "";

  private final Line line = new Line();
  private final CountingSink sink = new CountingSink();
  private byte[] log = {};
  private int[] ends = {};
  private LogPipeline pipeline = pipeline("stderr", sink);
  private int next;
  private long offset;

  /** The bytes that were read. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Read {
    /** Counted by JMH over one iteration. */
    public long bytes;
  }

  /** Writes the log. */
  @Setup(Level.Trial)
  public void write() {
    String[] lines = record.equals("nothing") ? nothing() : failure();
    log = (String.join("\n", lines) + "\n").repeat(COPIES).getBytes(UTF_8);
    ends = new int[COPIES * lines.length];
    int count = 0;
    for (int i = 0; i < log.length; i++) {
      if (log[i] == '\n') {
        ends[count++] = i;
      }
    }
    pipeline = pipeline(framing, sink);
  }

  /** Reads the next line. */
  @Benchmark
  public long line(Read read) {
    int start = next == 0 ? 0 : ends[next - 1] + 1;
    int length = ends[next] - start;
    pipeline.accept(line.wrap(log, start, length, offset, false));
    next = next + 1 == ends.length ? 0 : next + 1;
    offset += length + 1L;
    read.bytes += length + 1L;
    return sink.events;
  }

  private String[] nothing() {
    String text = "duration: 12.345 ms  statement: select a, b from orders where id = 17";
    return lines("client backend", text, "");
  }

  private String[] failure() {
    return lines("archiver", FAILED, COMMAND);
  }

  private String[] lines(String type, String text, String detail) {
    return switch (framing) {
      case "csvlog" ->
          new String[] {
            AT
                + ",,,77,,6a1.4d,1,,2026-11-22 10:00:00 UTC,,0,LOG,00000,\""
                + text
                + "\",\""
                + detail
                + "\",,,,,,,,\"\",\""
                + type
                + "\",,0"
          };
      case "jsonlog" ->
          new String[] {
            "{\"timestamp\":\""
                + AT
                + "\",\"pid\":77,\"error_severity\":\"LOG\",\"message\":\""
                + text
                + "\",\"detail\":\""
                + detail
                + "\",\"backend_type\":\""
                + type
                + "\"}"
          };
      case "syslog" -> plain("Nov 22 10:00:00 db1 postgres[77]: [3-1] ", text, detail);
      default -> plain("", text, detail);
    };
  }

  private static String[] plain(String before, String text, String detail) {
    String head = before + AT + " [77] ";
    String first = head + "LOG:  " + text;
    return detail.isEmpty()
        ? new String[] {first}
        : new String[] {first, head.replace("[3-1]", "[3-2]") + "DETAIL:  " + detail};
  }

  private static LogPipeline pipeline(String framing, EventSink sink) {
    return LogPipelines.create(
        PipelineOptions.DEFAULT.withFraming(framing),
        ServiceLoader.load(LogParserProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList(),
        sink);
  }

  /** Keeps the compiler from leaving out what nobody reads. */
  private static final class CountingSink implements EventSink {
    private long events;

    @Override
    public void event(LogEvent event, Origin origin) {
      events++;
    }

    @Override
    public void rejected(Rejection rejection) {
      events++;
    }
  }
}
