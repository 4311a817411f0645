/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.AgentOption;
import io.walwatch.agent.config.CommandLineOptions;
import io.walwatch.agent.config.ConfigException;
import io.walwatch.agent.config.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Starts agents in this process that read {@code walwatch.yml} of a directory, and asks them. */
final class ReloadableAgents {
  private final Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  ReloadableAgents(Path directory) {
    this.directory = directory;
  }

  private AgentConfig load(KnownNames names) throws UsageException {
    CommandLineOptions options =
        CommandLineOptions.NONE.with(
            AgentOption.CONFIG, directory.resolve("walwatch.yml").toString());
    try {
      return new ConfigLoader(Map.of(), names).load(options);
    } catch (ConfigException e) {
      throw new UsageException(String.join("\nwalwatch: ", e.problems()));
    }
  }

  Agent start() throws UsageException, IOException {
    KnownNames names = new KnownNames();
    AgentConfig config = load(names);
    return Agent.start(
        config,
        Watchlist.plan(config),
        names.plugins(config.pluginDirectory()),
        () -> load(new KnownNames()),
        InstantSource.system());
  }

  HttpResponse<String> reload(Agent agent) throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(uri(agent, "/-/reload")).POST(BodyPublishers.noBody()).build();
    return client.send(post, BodyHandlers.ofString());
  }

  void await(Agent agent, String line) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    String text = metrics(agent);
    while (!text.contains(line + "\n")) {
      assertThat(System.nanoTime()).as("no %s", line).isLessThan(deadline);
      text = metrics(agent);
    }
  }

  void awaitNot(Agent agent, String part) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (metrics(agent).contains(part)) {
      assertThat(System.nanoTime()).as("still %s", part).isLessThan(deadline);
    }
  }

  String metrics(Agent agent) throws Exception {
    return get(agent, "/metrics").body();
  }

  HttpResponse<String> get(Agent agent, String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(agent, path)).build(), BodyHandlers.ofString());
  }

  private static URI uri(Agent agent, String path) {
    return URI.create("http://127.0.0.1:" + agent.addresses().get(0).getPort() + path);
  }

  static String completed(String server, int count) {
    return "walwatch_push_completed_total{archiver=\"wal-e\",server=\""
        + server
        + "\"} "
        + count
        + ".0";
  }

  static String lines(String source, int count) {
    return "walwatch_source_lines_total{source=\"" + source + "\"} " + count + ".0";
  }
}
