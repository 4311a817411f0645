/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ListenAddress;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.discovery.WatchPlanner;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.parse.framing.Framings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is counted has its evidence, whenever the agent ends. Ninety failures in one read. */
@Timeout(120)
final class KeptEvidenceTest {
  private static final int FAILURES = 90;

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Path log = Path.of("");

  @BeforeEach
  void writeLog() throws IOException {
    Files.createDirectory(directory.resolve("plugins"));
    StringBuilder text = new StringBuilder();
    for (int number = 1; number <= FAILURES; number++) {
      String stamp =
          String.format(
              Locale.ROOT, "2026-11-22 09:%02d:%02d.100 UTC [77] ", number / 60, number % 60);
      text.append("child ").append(number).append(" says why\n");
      text.append(stamp).append("LOG:  archive command failed with exit code 1\n");
      text.append(stamp).append("DETAIL:  The failed archive command was: wal-push pg_wal/");
      text.append(String.format(Locale.ROOT, "0000000100000000%08X\n", number));
    }
    log = Files.writeString(directory.resolve("a.log"), text);
  }

  @Test
  void shouldBeOnDiskAfterACleanStopAndAStart() throws Exception {
    Path state = directory.resolve("state");
    try (Agent agent = start(state)) {
      awaitCounted(agent);
    }
    try (Agent agent = start(state)) {
      await(agent, "walwatch_failures_kept " + FAILURES + ".0");
    }

    assertThat(kept(state)).isEqualTo(FAILURES);
  }

  /** The state directory as it was at the instant when the counter was seen. */
  @Test
  void shouldBeOnDiskAfterTheStartThatFollowsACrash() throws Exception {
    Path crashed = directory.resolve("crashed");
    try (Agent agent = start(directory.resolve("state"))) {
      awaitCounted(agent);
      copyState(directory.resolve("state"), crashed);
    }
    try (Agent agent = start(crashed)) {
      await(agent, "walwatch_failures_kept " + FAILURES + ".0");
      awaitCounted(agent);
    }

    assertThat(kept(crashed)).isEqualTo(FAILURES);
    FailureStore store = new FailureStore(crashed.resolve("failures"));
    store.read();
    assertThat(store.evidence(store.kept().get(0).id()).orElseThrow())
        .startsWith("child 1 says why\n");
  }

  @Test
  void shouldHoldWhatStoodInTheFileBeforeTheRotation() throws Exception {
    Path state = directory.resolve("state");
    Files.writeString(log, "the child says why\n");
    String stamp = "2026-11-22 09:59:59.100 UTC [77] ";
    try (Agent agent = start(state)) {
      await(agent, "walwatch_source_lines_total{source=\"main/log\"} 1.0");
      Files.move(log, directory.resolve("a.log.1"));
      Files.writeString(
          log,
          stamp
              + "LOG:  archive command failed with exit code 1\n"
              + stamp
              + "DETAIL:  The failed archive command was: wal-push 000000010000000000000001\n");
      await(agent, "walwatch_failures_kept 1.0");
    }

    FailureStore store = new FailureStore(state.resolve("failures"));
    store.read();
    assertThat(store.evidence(store.kept().get(0).id()).orElseThrow())
        .startsWith("the child says why\n" + stamp);
  }

  private static long kept(Path state) throws IOException {
    FailureStore store = new FailureStore(state.resolve("failures"));
    store.read();
    return store.kept().size();
  }

  /** The checkpoint first: what is kept meanwhile is noted in it. */
  private static void copyState(Path from, Path to) throws IOException {
    Files.createDirectories(to.resolve("failures"));
    Files.copy(from.resolve("checkpoint"), to.resolve("checkpoint"));
    try (var files = Files.newDirectoryStream(from.resolve("failures"), "*.failure")) {
      for (Path file : files) {
        Files.copy(file, to.resolve("failures").resolve(file.getFileName()));
      }
    }
  }

  private void awaitCounted(Agent agent) throws Exception {
    await(
        agent,
        "walwatch_archive_command_failures_total{cause=\"exit\",server=\"main\",severity=\"log\"} "
            + FAILURES
            + ".0");
  }

  private Agent start(Path state) throws UsageException, IOException {
    ServerConfig server =
        new ServerConfig(
            "main", Optional.empty(), Optional.empty(), Optional.of(List.of(log.toString())));
    AgentConfig config =
        new AgentConfig(
            List.of(new ListenAddress(Optional.of("127.0.0.1"), 0)),
            Optional.empty(),
            state,
            directory.resolve("plugins"),
            List.of(server),
            List.of(),
            List.of(),
            List.of(),
            Limits.DEFAULT,
            true);
    return Agent.start(
        config, new WatchPlanner(Map.of(), Framings.names()).plan(config), InstantSource.system());
  }

  private void await(Agent agent, String line) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + agent.addresses().get(0).getPort() + "/metrics");
    HttpRequest get = HttpRequest.newBuilder(uri).build();
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    String text = "";
    while (!text.contains(line + "\n")) {
      assertThat(System.nanoTime()).as("no %s in %s", line, text).isLessThan(deadline);
      text = client.send(get, BodyHandlers.ofString()).body();
    }
  }
}
