/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.evidence.Trail;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ParserCount;
import io.walwatch.agent.state.ServerCount;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.state.SourceCount;
import io.walwatch.agent.tail.FileSource;
import io.walwatch.agent.tail.LineHandler;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.Origin;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of walwatch's own on the way of a line: what cuts it, what takes its events. */
final class OwnFaultTest {
  private static final String FAILURE =
      "2026-11-22 09:06:37 UTC [100] LOG:  archive command failed with exit code CODE\n"
          + "2026-11-22 09:06:37 UTC [100] DETAIL:  The failed archive command was:"
          + " x pg_wal/000000010000000000000001\n";

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private final AgentState state = new AgentState(clock);

  @Test
  void shouldCountEachEventOnceAroundOneThatCannotBeTaken() throws Exception {
    Watched watched = watched();
    watched.tell(OwnFaultTest::withoutSecondFailure);
    read(watched);
    Snapshot snapshot = watched.snapshot(AgentFacts.NONE);
    watched.close();

    assertThat(snapshot.servers().get(0).counts()).containsEntry(ServerCount.FAILED_LOG_EXIT, 2L);
    assertThat(snapshot.sources().get(0).counts()).containsEntry(SourceCount.LINES, 6L);
    assertThat(snapshot.agent().internalErrors()).isEqualTo(1);
    assertThat(snapshot.sources().get(0).parsers().get("postgres"))
        .as("it is no fault of the parser's")
        .containsEntry(ParserCount.FAULTS, 0L);
  }

  @Test
  void shouldPassOverALineAtWhichAHandlerFailsAndGoOnWithAnother() {
    List<String> lines = new ArrayList<>();
    List<Throwable> faults = new ArrayList<>();
    SteadyHandler steady = new SteadyHandler(() -> new Fragile(lines), faults::add);

    for (String text : List.of("one", "bad", "two")) {
      byte[] bytes = text.getBytes(US_ASCII);
      steady.line(new Line().wrap(bytes, 0, bytes.length, 0, false));
    }
    steady.quiet();
    long pending = steady.pendingOffsetBytes();
    steady.end();

    assertThat(lines).containsExactly("one", "two");
    assertThat(pending).isEqualTo(Long.MAX_VALUE);
    assertThat(faults)
        .extracting(Throwable::getMessage)
        .containsExactly("line", "quiet", "pending", "end");
  }

  private static EventSink withoutSecondFailure(EventSink sink, String server, Trail trail) {
    return new EventSink() {
      @Override
      public void event(LogEvent event, Origin origin) {
        if (event instanceof LogEvent.ArchiveCommandFailed failed
            && Integer.valueOf(2).equals(failed.code())) {
          throw new IllegalStateException("cannot take it");
        }
        sink.event(event, origin);
      }

      @Override
      public void rejected(Rejection rejection) {
        sink.rejected(rejection);
      }
    };
  }

  private void read(Watched watched) throws UsageException, IOException {
    StringBuilder text = new StringBuilder();
    for (int code = 1; code <= 3; code++) {
      text.append(FAILURE.replace("CODE", Integer.toString(code)));
    }
    Path log = Files.writeString(directory.resolve("a.log"), text, US_ASCII);
    LogSource source =
        new LogSource(
            "main/log",
            "main",
            new SourceInput.Files(List.of(log.toString())),
            PipelineOptions.DEFAULT);
    ServerConfig server =
        new ServerConfig("main", Optional.empty(), Optional.empty(), Optional.empty());
    watched.add(new WatchPlan(List.of(server), List.of(source), List.of(), List.of()));
    Guard guard = new Guard(state);
    for (int turn = 0; turn < 3; turn++) {
      guard.run("read", () -> watched.sources().forEach(s -> s.stream().read(1 << 20)));
    }
    watched.sources().forEach(s -> s.stream().finish());
  }

  private Watched watched() {
    return Watched.of(
        Limits.DEFAULT,
        Plugins.find(Path.of("/nonexistent")),
        state,
        clock,
        FileSource.Start.BEGINNING,
        Restored.nothing(),
        new NobodyWatches());
  }

  /** Fails at a line that says so, and at everything else that is no line. */
  private record Fragile(List<String> lines) implements LineHandler {
    @Override
    public void line(Line line) {
      if (line.text().toString().equals("bad")) {
        throw new AssertionError("line");
      }
      lines.add(line.text().toString());
    }

    @Override
    public void quiet() {
      throw new IllegalStateException("quiet");
    }

    @Override
    public void end() {
      throw new NoClassDefFoundError("end");
    }

    @Override
    public long pendingOffsetBytes() {
      throw new StackOverflowError("pending");
    }
  }
}
