/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.SourceState;
import io.walwatch.agent.tail.FileLogStream;
import io.walwatch.agent.tail.FileSource;
import io.walwatch.agent.tail.LineHandler;
import io.walwatch.agent.tail.StreamPosition;
import io.walwatch.agent.tail.TailLimits;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogPipelines;
import io.walwatch.parse.Origin;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log whose writer passes it on line by line, from the file to the events. */
final class SlowWriterTest {
  private static final String PREFIX = "2026-11-22 09:06:37.476 UTC [5] ";
  private static final String LOG = PREFIX + "LOG:  archive command failed with exit code 1\n";
  private static final String DETAIL =
      PREFIX + "DETAIL:  The failed archive command was: cp pg_wal/000000010000000000000001 /x\n";
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(600);

  private final List<LogEvent> events = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private long nanos;
  private Path log = Path.of("");

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void makeLog() throws IOException {
    log = Files.createFile(directory.resolve("postgresql.log"));
  }

  @Test
  void shouldCountAFailureWhoseDetailComesLater() throws IOException {
    FileLogStream stream = open(StreamPosition.NEW);
    write(LOG);
    read(stream);
    pass(stream, SHORT);
    write(DETAIL);
    read(stream);
    pass(stream, LONG);

    assertThat(events).hasSize(1);
    assertThat(rejections).isEmpty();
    stream.close();
  }

  @Test
  void shouldReadTheFailureAgainAfterARestartBeforeItsDetail() throws IOException {
    FileLogStream stream = open(StreamPosition.NEW);
    write(LOG);
    read(stream);
    pass(stream, SHORT);
    StreamPosition position = stream.position();
    stream.close();
    write(DETAIL);
    stream = open(position);
    read(stream);
    pass(stream, SHORT);

    assertThat(events).hasSize(1);
    assertThat(rejections).isEmpty();
    stream.close();
  }

  @Test
  void shouldWaitForTheDetailTenSecondsAndNoLonger() throws IOException {
    FileLogStream stream = open(StreamPosition.NEW);
    write(LOG);
    read(stream);
    pass(stream, Duration.ofMillis(9_999));
    assertThat(rejections).isEmpty();
    pass(stream, Duration.ofMillis(1));

    assertThat(events).isEmpty();
    assertThat(rejections).hasSize(1);
    stream.close();
  }

  private FileLogStream open(StreamPosition position) {
    FileSource source =
        new FileSource(List.of(log.toString()), FileSource.Start.BEGINNING, TailLimits.DEFAULT);
    return new FileLogStream(
        source,
        position,
        name -> handler(),
        name -> new UnheardLines(),
        SourceState.unnamed(),
        () -> nanos);
  }

  private LineHandler handler() {
    return new SteadyHandler(
        () ->
            new PipelineHandler(
                () ->
                    LogPipelines.create(
                        PipelineOptions.DEFAULT,
                        Plugins.find(Path.of("/nonexistent")).providers(),
                        sink())),
        fault -> rejections.clear());
  }

  private EventSink sink() {
    return new EventSink() {
      @Override
      public void event(LogEvent event, Origin origin) {
        events.add(event);
      }

      @Override
      public void rejected(Rejection rejection) {
        rejections.add(rejection);
      }
    };
  }

  private void write(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.APPEND);
  }

  private static void read(FileLogStream stream) {
    while (stream.read(1 << 20) > 0) {
      // The bytes went to the handler.
    }
  }

  private void pass(FileLogStream stream, Duration time) {
    nanos += time.toNanos();
    read(stream);
  }
}
