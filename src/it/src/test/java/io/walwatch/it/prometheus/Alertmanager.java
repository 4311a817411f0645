/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real Alertmanager with the shipped routes and templates, which tells a local receiver. */
final class Alertmanager implements AutoCloseable {
  private final LocalServer server;

  private Alertmanager(LocalServer server) {
    this.server = server;
  }

  /**
   * Starts one.
   *
   * @param directory of its own; made when it is not there
   */
  static Alertmanager start(Path directory, Receiver receiver) throws IOException {
    Files.createDirectories(directory);
    ShippedFiles.routes(
        directory,
        receiver.address("/slack"),
        receiver.address("/v2/enqueue"),
        receiver.address("/dead-man"));
    return new Alertmanager(
        LocalServer.start(
            directory,
            "prometheus-alertmanager",
            "--config.file=alertmanager.yml",
            "--storage.path=data",
            "--cluster.listen-address="));
  }

  /** Where it listens, without a scheme. */
  String authority() {
    return server.authority();
  }

  /** A page that has to be there. */
  String page(String path) throws IOException, InterruptedException {
    return server.get(path);
  }

  /** The alerts that it has, as {@code name severity instance state}: active or suppressed. */
  List<String> alerts() throws IOException, InterruptedException {
    String answer = "{\"alerts\":" + server.get("/api/v2/alerts") + "}";
    return Json.maps(Json.parse(answer), "alerts").stream().map(Alertmanager::line).toList();
  }

  private static String line(Map<String, Object> alert) {
    Map<String, Object> labels = Json.map(alert, "labels");
    return String.join(
        " ",
        Json.text(labels, "alertname"),
        Json.text(labels, "severity"),
        Json.text(labels, "instance"),
        Json.text(Json.map(alert, "status"), "state"));
  }

  @Override
  public void close() {
    server.close();
  }
}
