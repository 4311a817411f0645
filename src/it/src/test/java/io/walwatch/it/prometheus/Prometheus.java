/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walwatch.it.agent.AgentProcess;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A real Prometheus that scrapes agents each second and evaluates the shipped rules. */
final class Prometheus implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      global:
        scrape_interval: 1s
        scrape_timeout: 1s
        evaluation_interval: 1s
      rule_files: ["*.rules.yml"]
      """;

  private final LocalServer server;

  private Prometheus(LocalServer server) {
    this.server = server;
  }

  /**
   * Starts one.
   *
   * @param directory of its own; {@code data} in it may hold blocks that {@link #history} has
   *     written
   * @param agents what to scrape, by the name that is to be the label {@code instance}
   * @param alertmanagers addresses to send alerts to
   */
  static Prometheus start(
      Path directory, Map<String, AgentProcess> agents, List<String> alertmanagers)
      throws IOException {
    Files.createDirectories(directory);
    ShippedFiles.rules(directory);
    StringBuilder text = new StringBuilder(CONFIGURATION);
    text.append("alerting:\n  alertmanagers:\n    - static_configs:\n        - targets: ")
        .append(alertmanagers)
        .append("\nscrape_configs:\n  - job_name: walwatch\n    static_configs:\n");
    agents.forEach(
        (name, agent) ->
            text.append("      - targets: [\"" + agent.address().getAuthority() + "\"]\n")
                .append("        labels: { instance: \"" + name + "\", pg_cluster: test }\n"));
    Files.writeString(directory.resolve("prometheus.yml"), text);
    return new Prometheus(
        LocalServer.start(
            directory,
            "prometheus",
            "--config.file=prometheus.yml",
            "--storage.tsdb.path=data",
            // The first alerts fire before it knows its Alertmanager; they are to be sent again at
            // once.
            "--rules.alert.resend-delay=1s"));
  }

  /**
   * Writes what a Prometheus in this directory is to know when it starts.
   *
   * @param samples in the OpenMetrics text format
   */
  static void history(Path directory, String samples) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path text = Files.writeString(directory.resolve("history.txt"), samples + "# EOF\n");
    String data = directory.resolve("data").toString();
    Tool.run("promtool", "tsdb", "create-blocks-from", "openmetrics", text.toString(), data);
  }

  /** A page that has to be there. */
  String page(String path) throws IOException, InterruptedException {
    return server.get(path);
  }

  /** The series that a query gives now: their labels, as sets of {@code name=value}. */
  List<Map<String, Object>> query(String expression) throws IOException, InterruptedException {
    String answer = server.get("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
    return Json.maps(Json.map(Json.parse(answer), "data"), "result").stream()
        .map(series -> Json.map(series, "metric"))
        .toList();
  }

  /** The alerts that fire now, as {@code name severity instance}. */
  List<String> firing() throws IOException, InterruptedException {
    return query("ALERTS{alertstate=\"firing\",alertname!=\"WalwatchWatchdog\"}").stream()
        .map(
            labels ->
                String.join(
                    " ",
                    Json.text(labels, "alertname"),
                    Json.text(labels, "severity"),
                    Json.text(labels, "instance")))
        .distinct()
        .sorted()
        .collect(Collectors.toList());
  }

  /** Annotations of all active alerts, with what the templates made of them. */
  List<Map<String, Object>> annotations() throws IOException, InterruptedException {
    return Json.maps(Json.map(Json.parse(server.get("/api/v1/alerts")), "data"), "alerts").stream()
        .map(alert -> Json.map(alert, "annotations"))
        .toList();
  }

  /** Rules whose last evaluation failed, with the error. */
  List<String> brokenRules() throws IOException, InterruptedException {
    return Json.maps(Json.map(Json.parse(server.get("/api/v1/rules")), "data"), "groups").stream()
        .flatMap(group -> Json.maps(group, "rules").stream())
        .filter(rule -> !Json.text(rule, "lastError").isEmpty())
        .map(rule -> Json.text(rule, "name") + ": " + Json.text(rule, "lastError"))
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
