/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import io.walwatch.it.agent.Sample;
import io.walwatch.it.agent.Scrape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Debian's mtail with one rule. It keeps nothing over a restart, so its lives are added up. */
final class MtailContestant implements Contestant {
  private static final String PROGRAM =
      """
      counter completed by seg
      counter beats
      /STRUCTURED: .* action=push-wal .* seg=(?P<seg>\\S+) state=complete/ {
        completed[$seg]++
      }
      /^beat$/ {
        beats++
      }
      """;

  private final Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Process process;
  private int port;
  private final Map<String, Long> before = new HashMap<>();

  MtailContestant(Path directory) {
    this.directory = directory;
  }

  @Override
  public void start() throws IOException {
    Path program = directory.resolveSibling("wal-e.mtail");
    Files.writeString(program, PROGRAM);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    process =
        new ProcessBuilder(
                "mtail",
                "--progs",
                program.toString(),
                "--logs",
                directory + "/wal-e*.log," + Heartbeat.path(directory),
                "--address",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--poll_interval",
                "100ms")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Awaitility.await().ignoreExceptions().until(() -> !scrape().samples().isEmpty());
  }

  @Override
  public Tally counted() {
    return Tally.of(counts());
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new HashMap<>(before);
    for (Sample sample : scrape().samples()) {
      String segment = sample.labels().get("seg");
      if (sample.name().equals("completed") && segment != null) {
        counts.merge(segment, Math.round(sample.value()), Long::sum);
      }
    }
    return counts;
  }

  @Override
  public long beats() {
    return Math.round(scrape().sum("beats"));
  }

  private Scrape scrape() {
    try {
      return Scrape.parse(metrics());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String metrics() throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + "/metrics");
    return client
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Override
  public void kill() throws InterruptedException {
    Map<String, Long> counts = counts();
    before.putAll(counts);
    Process running = process;
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
  }
}
