/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.SourceState;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.LogPipeline;
import io.walwatch.parse.LogPipelines;
import io.walwatch.parse.Origin;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However the bytes of a log arrive at the agent's own reader, with quiet moments between them
 * wherever no record is open, it finds what is in the whole log.
 */
final class AnyPieceTest {
  private static final int MAX_PIECE_BYTES = 64;
  private static final int MAX_LINE_BYTES = 64 * 1024;
  private static final Path TESTDATA =
      Path.of(System.getProperty("walwatch.root", "..")).resolve("testdata");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wal-e/wal-e.stderr.log",
        "postgres/pg15-debian/p-postgresql-2026-11-22_090832.log",
        "postgres/pg15-debian/p-postgresql-2026-11-22_090832.csv",
        "postgres/pg15-debian/p-postgresql-2026-11-22_090832.json",
        "postgres/pg15-de/p-postgresql-2026-11-22_091042.csv",
        "postgres/pg15-syslog-split-off/syslog.traditional.log",
        "postgres/pg15-syslog-ident/syslog.rfc5424.log",
        "inventory/pgbackrest-2.45-archive-push.postgresql.log"
      })
  void shouldFindTheSameInPiecesOfAnySize(String log) throws IOException {
    byte[] bytes = Files.readAllBytes(TESTDATA.resolve(log));
    Reading whole = new Reading();
    InputLines.read(
        new ByteArrayInputStream(bytes), log, MAX_LINE_BYTES, n -> whole, SourceState.unnamed());
    assertThat(whole.events).isNotEmpty();

    for (int size = 1; size <= MAX_PIECE_BYTES; size++) {
      Reading pieces = new Reading();
      LineFeed feed =
          new LineFeed(log, 0, false, MAX_LINE_BYTES, n -> pieces, SourceState.unnamed());
      for (int from = 0; from < bytes.length; from += size) {
        feed.accept(bytes, from, Math.min(bytes.length, from + size));
        if (pieces.pendingOffsetBytes() == LogParser.NOTHING_PENDING) {
          feed.quiet();
        }
      }
      feed.end();

      assertThat(pieces.events).as("%s in pieces of %d", log, size).isEqualTo(whole.events);
      assertThat(pieces.origins).as("%s in pieces of %d", log, size).isEqualTo(whole.origins);
      assertThat(pieces.rejections).isEqualTo(whole.rejections);
      assertThat(feed.committedOffset()).isEqualTo(bytes.length);
    }
  }

  /** All that the pipeline of one reading says. */
  private static final class Reading implements LineHandler, EventSink {
    private final List<LogEvent> events = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private final LogPipeline pipeline =
        LogPipelines.create(
            PipelineOptions.DEFAULT,
            ServiceLoader.load(LogParserProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList(),
            this);

    @Override
    public void line(Line line) {
      pipeline.accept(line);
    }

    @Override
    public void quiet() {
      pipeline.quiet();
    }

    @Override
    public void end() {
      pipeline.end();
    }

    @Override
    public long pendingOffsetBytes() {
      return pipeline.pendingOffsetBytes();
    }

    @Override
    public void event(LogEvent event, Origin origin) {
      events.add(event);
      origins.add(origin);
    }

    @Override
    public void rejected(Rejection rejection) {
      rejections.add(rejection);
    }
  }
}
