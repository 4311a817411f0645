/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.tools;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.walwatch.it.system.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A store that speaks S3: s3proxy as a process, which keeps its objects in memory. */
final class ObjectStore implements AutoCloseable {
  private final Process process;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  private ObjectStore(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts one on a free port of the loopback address, and waits until it answers. */
  static ObjectStore start(Path directory) throws IOException {
    URI address = URI.create("http://127.0.0.1:" + freePort());
    Path properties = directory.resolve("s3proxy.properties");
    Files.writeString(
        properties,
        "s3proxy.authorization=none\njclouds.provider=transient\njclouds.identity=any\n"
            + ("jclouds.credential=any\ns3proxy.endpoint=" + address + "\n"));
    Path output = directory.resolve("s3proxy.out");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$@\" >\"$0\" 2>&1",
                output.toString(),
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx256m",
                "-jar",
                System.getProperty("it.s3proxy.jar"),
                "--properties",
                properties.toString())
            .start();
    ObjectStore store = new ObjectStore(process, address);
    Patience.await()
        .alias("s3proxy answers; it says " + output)
        .ignoreExceptions()
        .until(() -> store.send("/", HttpRequest.newBuilder().GET()) == 200);
    return store;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI address() {
    return address;
  }

  void bucket(String name) throws IOException, InterruptedException {
    change("/" + name, HttpRequest.newBuilder().PUT(BodyPublishers.noBody()));
  }

  void put(String bucket, String key, int bytes) throws IOException, InterruptedException {
    change(
        "/" + bucket + "/" + key,
        HttpRequest.newBuilder().PUT(BodyPublishers.ofString("x".repeat(bytes), ISO_8859_1)));
  }

  void delete(String bucket, String key) throws IOException, InterruptedException {
    change("/" + bucket + "/" + key, HttpRequest.newBuilder().DELETE());
  }

  private void change(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    int status = send(path, request);
    if (status / 100 != 2) {
      throw new IOException("s3proxy answers " + status + " to a change of " + path);
    }
  }

  private int send(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client
        .send(request.uri(address.resolve(path)).build(), BodyHandlers.discarding())
        .statusCode();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
