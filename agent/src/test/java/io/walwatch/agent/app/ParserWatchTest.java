/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ParserCount;
import io.walwatch.agent.state.ServerFacts;
import io.walwatch.agent.state.SourceFacts;
import io.walwatch.agent.state.SourceState;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.LogPipeline;
import io.walwatch.parse.LogRecord;
import io.walwatch.parse.PipelineOptions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plug-ins that throw. */
final class ParserWatchTest {
  private final AgentState state = new AgentState(new TestClock());
  private final SourceState source = state.source("a.log");

  @Test
  void shouldCountEachFaultOfAParserAndSayItOnce() {
    ParserWatch watch = new ParserWatch(source, List.of(new Faulty("bad", false)));
    EventSink sink = state.sink("a.log", "main");
    try (LogCapture log = LogCapture.open()) {
      watch.pipeline(PipelineOptions.DEFAULT, sink).end();
      watch.pipeline(PipelineOptions.DEFAULT, sink).end();

      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .startsWith(
              "ERROR a.log: the parser bad has a fault and is switched off for a file; what it"
                  + " reads is missed: java.lang.")
          .doesNotContain("\n");
    }
    assertThat(faults("bad")).isEqualTo(2);
  }

  @Test
  void shouldSayAFaultShortAndWithoutANameWhereThereIsNone(@TempDir Path directory)
      throws IOException, URISyntaxException {
    PluginJar.write(directory.resolve("sample.jar"), "sample", "end(sink);");
    ParserWatch watch = new ParserWatch(SourceState.unnamed(), Plugins.find(directory).providers());
    try (LogCapture log = LogCapture.open()) {
      LogPipeline pipeline = watch.pipeline(PipelineOptions.DEFAULT, state.sink("a.log", "main"));
      byte[] text = "anything".getBytes(StandardCharsets.UTF_8);
      pipeline.accept(new Line().wrap(text, 0, text.length, 0, false));
      pipeline.end();

      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .startsWith("ERROR the parser sample has a fault")
          .contains("StackOverflowError at ")
          .hasSizeLessThan(1_000);
    }
  }

  @Test
  void shouldGoOnWithoutAParserThatCannotBeMade() {
    ParserWatch watch = new ParserWatch(source, List.of(new Faulty("unmade", true)));

    watch.pipeline(PipelineOptions.DEFAULT, state.sink("a.log", "main")).end();

    assertThat(faults("unmade")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new NoSuchMethodError(\"of another release\");",
        "end(sink);",
        "throw new ExceptionInInitializerError();",
        "assert false; throw new AssertionError();",
        "throw new IllegalStateException();",
        "throw new RuntimeException() {"
            + " public String getMessage() { throw new IllegalStateException(); } };",
        "throw new RuntimeException() {"
            + " public StackTraceElement[] getStackTrace() { throw new Error(); } };",
        "throw new RuntimeException() {"
            + " public StackTraceElement[] getStackTrace() { return null; } };",
        "sink.event(null, null);",
        "sink.event(new LogEvent.ArchiveNotConfigured(null), new Origin(\"sample\", -5, 1));",
        "sink.event(new LogEvent.ArchiveNotConfigured(null), new Origin(\"other\", 0, 1));",
        "sink.event(new LogEvent.Push(null, \"other\", LogEvent.PushState.COMPLETE,"
            + " WalFile.parse(\"0000000100000000000000AA\"), null, null, null),"
            + " new Origin(\"sample\", 0, 1));",
        "sink.event(new LogEvent.Push(null, \"sample\", LogEvent.PushState.COMPLETE,"
            + " null, null, null, null), new Origin(\"sample\", 0, 1));",
        "sink.rejected(new Rejection(Rejection.Verdict.FORGED, \"other\", \"x\", 0));",
        "throw new Error(\"plain\");"
      })
  void shouldSwitchOffAPluginWhateverItDoesWrong(String wrong, @TempDir Path directory)
      throws IOException, URISyntaxException {
    PluginJar.write(directory.resolve("sample.jar"), "sample", wrong);
    ParserWatch watch = new ParserWatch(source, Plugins.find(directory).providers());
    Line line = new Line();

    LogPipeline pipeline = watch.pipeline(PipelineOptions.DEFAULT, state.sink("a.log", "main"));
    byte[] text = "anything".getBytes(StandardCharsets.UTF_8);
    pipeline.accept(line.wrap(text, 0, text.length, 0, false));
    pipeline.accept(line.wrap(text, 0, text.length, 9, false));
    pipeline.end();

    assertThat(faults("sample")).isEqualTo(1);
  }

  @Test
  void shouldTellTheClassOfAFaultThatCannotSayWhatItIs(@TempDir Path directory)
      throws IOException, URISyntaxException {
    String wrong =
        "throw new RuntimeException() {"
            + " public String getMessage() { throw new IllegalStateException(); } };";
    PluginJar.write(directory.resolve("sample.jar"), "sample", wrong);
    ParserWatch watch = new ParserWatch(SourceState.unnamed(), Plugins.find(directory).providers());
    try (LogCapture log = LogCapture.open()) {
      watch.pipeline(PipelineOptions.DEFAULT, state.sink("a.log", "main")).end();

      assertThat(log.lines()).singleElement().asString().contains("missed: sample.Sample$Parser$");
    }
  }

  private long faults(String parser) {
    return Objects.requireNonNull(
        state
            .publish(name -> ServerFacts.NONE, name -> new SourceFacts("", 0, 0), AgentFacts.NONE)
            .sources()
            .get(0)
            .parsers()
            .getOrDefault(parser, Map.of())
            .get(ParserCount.FAULTS));
  }

  private record Faulty(String name, boolean atOnce) implements LogParserProvider {
    @Override
    public boolean isArchiver() {
      return true;
    }

    @Override
    public boolean claims(String command) {
      return false;
    }

    @Override
    public LogParser create() {
      if (atOnce) {
        throw new IllegalStateException("cannot be made");
      }
      return new FaultyParser();
    }
  }

  private static final class FaultyParser implements LogParser {
    @Override
    public void accept(LogRecord record, EventSink sink) {}

    @Override
    public void end(EventSink sink) {
      throw new IllegalStateException("fault");
    }
  }
}
