/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import io.walwatch.it.agent.Scrape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Debian's mtail with one rule. It keeps nothing over a restart, so its lives are added up. */
final class MtailContestant implements Contestant {
  private static final String PROGRAM =
      """
      counter completed
      /STRUCTURED: .* action=push-wal .* state=complete/ {
        completed++
      }
      """;

  private final Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Process process;
  private int port;
  private long before;

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
                directory + "/wal-e*.log",
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
  public long counted() {
    try {
      return before + Math.round(scrape().sum("completed"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Scrape scrape() throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + "/metrics");
    return Scrape.parse(
        client
            .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
            .body());
  }

  @Override
  public void kill() throws InterruptedException {
    before = counted();
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
