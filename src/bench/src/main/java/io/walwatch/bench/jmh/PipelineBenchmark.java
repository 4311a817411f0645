/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.jmh;

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
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Lines to events: 8 MiB of a busy server's log through framing and all parsers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PipelineBenchmark {
  private static final long CORPUS_BYTES = 8L << 20;

  private final Line line = new Line();
  private final CountingSink sink = new CountingSink();
  private final Corpus corpus = Corpus.generate(CORPUS_BYTES);
  private final LogPipeline pipeline =
      LogPipelines.create(
          PipelineOptions.DEFAULT,
          ServiceLoader.load(LogParserProvider.class).stream()
              .map(ServiceLoader.Provider::get)
              .toList(),
          sink);

  /** All lines once. */
  @Benchmark
  public long parse() {
    for (int i = 0; i < corpus.lines(); i++) {
      int start = corpus.start(i);
      pipeline.accept(line.wrap(corpus.bytes(), start, corpus.end(i) - start, start, false));
    }
    return sink.events;
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
