/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.Node;
import io.walwatch.agent.state.PushCount;
import io.walwatch.agent.state.RestoreResult;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.tail.FileSource;
import io.walwatch.parse.PipelineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * pgBackRest's push that fails: the line that says so names no file, and what began it lies in
 * another file, or was read by another run.
 */
final class ParserMemoriesTest {
  private static final String AT = "2026-11-22 09:00:00.000 P00   INFO: archive-push command ";
  private static final String BEGIN = AT + "begin 2.45: [pg_wal/000000010000000000000008]\n";
  private static final String FAILED = AT + "end: aborted with exception [103]\n";

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private AgentState state = new AgentState(clock);
  private Watched watched = watched(Restored.nothing());

  @AfterEach
  void close() {
    watched.close();
  }

  @Test
  void shouldKnowAfterARestartWhichFileAPushIsAbout() throws Exception {
    write("a.log", BEGIN);
    start();

    restart();
    write("a.log", FAILED);
    read();

    assertThat(pushes()).isEqualTo(Map.of(PushCount.STARTED, 1L, PushCount.FAILED, 1L));
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql-Sun.log, postgresql-Mon.log",
    "postgresql-2026-11-22_100000.log, postgresql-2026-11-23_000000.log",
    "a.1.log, a.2.log"
  })
  void shouldKnowInTheNextFileWhatTheOneBeforeItBegan(String first, String next) throws Exception {
    write(first, BEGIN);
    start();

    write(next, FAILED);
    read();

    assertThat(pushes()).isEqualTo(Map.of(PushCount.STARTED, 1L, PushCount.FAILED, 1L));
  }

  @Test
  void shouldKnowItWhenTheFileWasRotatedWhileNobodyWatched() throws Exception {
    write("a.log", BEGIN);
    start();
    save();
    Files.move(directory.resolve("a.log"), directory.resolve("a.log.1"));
    write("a.log", FAILED);

    restart();
    read();

    assertThat(pushes()).isEqualTo(Map.of(PushCount.STARTED, 1L, PushCount.FAILED, 1L));
  }

  @Test
  void shouldKnowItWhenTheFileWasCopiedAndTruncated() throws Exception {
    write("a.log", BEGIN);
    start();
    Files.copy(
        directory.resolve("a.log"),
        directory.resolve("a.log.1"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(directory.resolve("a.log"), "", US_ASCII);
    read();
    write("a.log", FAILED);
    read();

    assertThat(pushes()).isEqualTo(Map.of(PushCount.STARTED, 1L, PushCount.FAILED, 1L));
  }

  @Test
  void shouldNotTakeItForWhatAnotherLogIsAbout() throws Exception {
    write("a.log", BEGIN);
    start();

    write("other.log", FAILED);
    read();

    assertThat(pushes()).isEqualTo(Map.of(PushCount.STARTED, 1L));
  }

  private void start() throws Exception {
    watched.add(plan());
    read();
  }

  private void restart() throws Exception {
    Node saved = save();
    watched.close();
    state = new AgentState(clock);
    watched = watched(new Restored(RestoreResult.RESUMED, saved, true));
    watched.add(plan());
    state.restore(saved.at("state"), true);
  }

  private Node save() {
    Node node = new Node();
    watched.save(node);
    return node;
  }

  private void read() {
    watched.sources().forEach(source -> source.stream().read(1 << 20));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(
        directory.resolve(file),
        text,
        US_ASCII,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private Map<PushCount, Long> pushes() {
    Map<PushCount, Long> pushes = new EnumMap<>(PushCount.class);
    Snapshot snapshot = watched.snapshot(AgentFacts.NONE);
    Objects.requireNonNull(snapshot.servers().get(0).archivers().get("pgbackrest"))
        .pushes()
        .forEach(
            (count, value) -> {
              if (value > 0) {
                pushes.put(count, value);
              }
            });
    return pushes;
  }

  private Watched watched(Restored restored) {
    return Watched.of(
        Limits.DEFAULT,
        Plugins.find(Path.of("/nonexistent")),
        state,
        clock,
        FileSource.Start.BEGINNING,
        restored,
        new NobodyWatches());
  }

  private WatchPlan plan() {
    ServerConfig server =
        new ServerConfig("main", Optional.empty(), Optional.empty(), Optional.empty());
    LogSource source =
        new LogSource(
            "main/log",
            "main",
            new SourceInput.Files(List.of(directory.resolve("*.log").toString())),
            PipelineOptions.DEFAULT);
    return new WatchPlan(List.of(server), List.of(source), List.of(), List.of());
  }
}
