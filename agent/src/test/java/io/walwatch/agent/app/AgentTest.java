/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ListenAddress;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.discovery.WatchPlanner;
import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.Node;
import io.walwatch.parse.framing.Framings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent in this process: a log and a queue in, HTTP out. Waits for conditions. */
@Timeout(120)
final class AgentTest {
  private static final Path TESTDATA =
      Path.of(System.getProperty("walwatch.root", "..")).resolve("testdata");
  private static final String COMPLETED =
      "walwatch_push_completed_total{archiver=\"wal-e\",server=\"main\"} ";
  private static final String IN_FLIGHT =
      "walwatch_push_in_flight{archiver=\"wal-e\",server=\"main\"} ";
  private static final String ARCHIVED =
      "walwatch_archive_archived_files_total{kind=\"segment\",server=\"main\"} ";

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Path log = Path.of("");
  private Path queue = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    log = Files.copy(TESTDATA.resolve("wal-e/wal-e.stderr.log"), directory.resolve("a.log"));
    queue = Files.createDirectories(directory.resolve("pg_wal/archive_status"));
    Files.createDirectory(directory.resolve("plugins"));
  }

  @Test
  void shouldShowWhatTheLogHoldsAndGoOnAfterARestart() throws Exception {
    try (Agent agent = start()) {
      await(agent, COMPLETED + "8.0");
    }
    assertThat(new CheckpointFile(directory.resolve("state")).load().orElseThrow().node())
        .satisfies(node -> assertThat(node.booleanAt("clean")).isTrue());
    Files.write(
        log,
        Files.readAllBytes(TESTDATA.resolve("wal-e/wal-e.stderr.log")),
        StandardOpenOption.APPEND);
    try (Agent agent = start()) {
      await(agent, COMPLETED + "16.0");
      assertThat(metrics(agent))
          .contains("walwatch_checkpoint_restores_total{result=\"resumed\"} 1.0")
          .contains("walwatch_internal_errors_total 0.0");
    }
  }

  @Test
  void shouldKeepTheLogAroundEachFailureOnce() throws Exception {
    for (int run = 0; run < 2; run++) {
      try (Agent agent = start()) {
        await(agent, "walwatch_failures_kept 2.0");
      }
    }
    FailureStore store = new FailureStore(directory.resolve("state/failures"));
    store.read();
    for (Failure failure : store.kept()) {
      assertThat(failure.summary()).contains("AWS Secret Key credential is required");
      assertThat(store.evidence(failure.id()).orElseThrow())
          .contains("MSG: AWS Secret Key credential is required but not provided");
    }
  }

  @Test
  void shouldKnowWhenThingsHappenedLastThatItDoesNotCount() throws Exception {
    Path state = directory.resolve("state");
    try (Agent agent = start(0, state, Limits.DEFAULT, false)) {
      // 2026-11-22T09:08:15.527912, from the README of the testdata.
      String last = "last_completed_timestamp_seconds{archiver=\"wal-e\",server=\"main\"} ";
      await(agent, "walwatch_push_" + last + "1.795338495527E9");
      assertThat(metrics(agent))
          .contains(COMPLETED + "0.0\n")
          .containsPattern("walwatch_source_lines_total\\{[^}]+} 0.0\n");
    }
  }

  @Test
  void shouldReadNoMoreAtTheStartThanItMayAndCountTheRestAsLost() throws Exception {
    Path state = directory.resolve("state");
    try (Agent agent = start(0, state, Limits.DEFAULT, false)) {
      await(agent, COMPLETED + "0.0");
    }
    String line = "a line that says nothing\n";
    Files.writeString(log, line.repeat(100_000), StandardOpenOption.APPEND);
    Limits limits =
        new Limits(Duration.ofMinutes(10), 64 * 1024, OptionalLong.of(line.length() * 1_000L));
    try (Agent agent = start(0, state, limits, false)) {
      String source = "{source=\"main/log\"} ";
      await(agent, "walwatch_source_lines_total" + source + "1000.0");
      await(agent, "walwatch_source_lost_bytes_total" + source + 99_000.0 * line.length());
    }
  }

  @Test
  void shouldShowASegmentThatIsHandedOver() throws Exception {
    Path ready = Files.createFile(queue.resolve("000000010000000000000001.ready"));
    try (Agent agent = start()) {
      await(agent, "walwatch_archive_ready_files{kind=\"segment\",server=\"main\"} 1.0");
      Files.move(ready, queue.resolve("000000010000000000000001.done"));
      await(agent, ARCHIVED + "1.0");
      assertThat(
              new CheckpointFile(directory.resolve("state"))
                  .load()
                  .orElseThrow()
                  .node()
                  .at("state")
                  .at("servers")
                  .at("main")
                  .at("queue")
                  .at("SEGMENT")
                  .longAt("ARCHIVED", 0))
          .as("what is shown is kept already")
          .isEqualTo(1);
    }
  }

  @Test
  void shouldGiveUpWhatWasInFlightBeforeTheMachineBooted() throws Exception {
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".000000");
    String segment = "0000000100000000000000AA";
    Files.writeString(
        log,
        "wal_e.worker.upload INFO     MSG: begin archiving a file\n        STRUCTURED: time="
            + time
            + "-00 pid=7 action=push-wal key=s3://b/wal_005/"
            + segment
            + ".lzo prefix= seg="
            + segment
            + " state=begin\n");
    try (Agent agent = start()) {
      await(agent, IN_FLIGHT + "1.0");
    }
    CheckpointFile file = new CheckpointFile(directory.resolve("state"));
    Node node = file.load().orElseThrow().node();
    assertThat(node.stringAt("boot")).isNotEmpty();
    file.save(node.put("boot", "the one before"), true);
    try (Agent agent = start()) {
      await(agent, IN_FLIGHT + "0.0");
      assertThat(metrics(agent))
          .contains("walwatch_push_abandoned_total{archiver=\"wal-e\",server=\"main\"} 1.0\n")
          .contains("walwatch_push_started_total{archiver=\"wal-e\",server=\"main\"} 1.0\n");
    }
  }

  @Test
  void shouldRefuseAStateDirectoryThatIsInUse() throws Exception {
    try (Agent first = start()) {
      assertThat(first.hasFailed()).isFalse();
      assertThatThrownBy(this::start)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("is in use by another walwatch");
    }
  }

  @Test
  void shouldSayThatAPortIsTaken() throws Exception {
    try (Agent first = start()) {
      int port = first.addresses().get(0).getPort();
      assertThatThrownBy(() -> start(port, directory.resolve("other")))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + port)
          .hasMessageContaining("--listen");
    }
  }

  @Test
  void shouldGoOnBesideAPluginThatThrows() throws Exception {
    PluginJar.write(
        directory.resolve("plugins/bad.jar"), "bad", "throw new IllegalStateException();");
    try (Agent agent = start()) {
      await(agent, COMPLETED + "8.0");
      assertThat(metrics(agent))
          .containsPattern(
              "walwatch_source_parser_faults_total\\{parser=\"bad\",source=\"[^\"]+\"} 1.0\n");
    }
  }

  @Test
  void shouldEndWithAMessageWhereTheVirtualMachineFails() throws Exception {
    PluginJar.write(directory.resolve("plugins/deep.jar"), "deep", "throw new InternalError();");
    try (LogCapture said = LogCapture.open();
        Agent agent = start()) {
      agent.await();

      assertThat(agent.hasFailed()).isTrue();
      assertThat(said.lines())
          .contains("FATAL walwatch ends: the state of its loop is no longer certain");
    }
    Files.delete(directory.resolve("plugins/deep.jar"));
    try (Agent agent = start()) {
      await(agent, COMPLETED + "8.0");
    }
  }

  private Agent start() throws UsageException, IOException {
    return start(0, directory.resolve("state"));
  }

  private Agent start(int port, Path stateDirectory) throws UsageException, IOException {
    return start(port, stateDirectory, Limits.DEFAULT, true);
  }

  private Agent start(int port, Path stateDirectory, Limits limits, boolean fromStart)
      throws UsageException, IOException {
    ServerConfig server =
        new ServerConfig(
            "main", Optional.empty(), Optional.of(queue), Optional.of(List.of(log.toString())));
    AgentConfig config =
        new AgentConfig(
            List.of(new ListenAddress(Optional.of("127.0.0.1"), port)),
            Optional.empty(),
            stateDirectory,
            directory.resolve("plugins"),
            List.of(server),
            List.of(),
            List.of(),
            List.of(),
            limits,
            fromStart);
    return Agent.start(
        config, new WatchPlanner(Map.of(), Framings.names()).plan(config), InstantSource.system());
  }

  private void await(Agent agent, String line) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    String text = metrics(agent);
    while (!text.contains(line + "\n")) {
      assertThat(System.nanoTime()).as("no %s in %s", line, text).isLessThan(deadline);
      text = metrics(agent);
    }
  }

  private String metrics(Agent agent) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + agent.addresses().get(0).getPort() + "/metrics");
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }
}
