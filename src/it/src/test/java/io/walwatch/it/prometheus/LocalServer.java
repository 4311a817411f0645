/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import io.walwatch.it.system.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus or Alertmanager as a process on a free port of the loopback address. */
final class LocalServer implements AutoCloseable {
  private final Process process;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  private LocalServer(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it and waits until it says that it is ready. */
  static LocalServer start(Path directory, String program, String... options) throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(program));
    command.add("--web.listen-address=127.0.0.1:" + port);
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(inDirectory(directory, command)).start();
    Path output = directory.resolve(program + ".out");
    LocalServer server = new LocalServer(process, URI.create("http://127.0.0.1:" + port));
    Patience.await()
        .alias(program + " is ready; it says " + output)
        .ignoreExceptions()
        .until(() -> server.send("/-/ready").statusCode() == 200);
    return server;
  }

  /** Works in the directory, and writes what it has to say into a file there. */
  private static List<String> inDirectory(Path directory, List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "sh", "-c", "cd \"$0\" && exec \"$@\" > \"$1.out\" 2>&1", directory.toString()));
    all.addAll(command);
    return all;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Asks for a page that has to be there. */
  String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(path);
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answers " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private HttpResponse<String> send(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Where it listens, without a scheme. */
  String authority() {
    return address.getAuthority();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
