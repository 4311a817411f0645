/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes what Alertmanager posts, and answers as Slack and PagerDuty do. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final List<Map<String, Object>> slack = new CopyOnWriteArrayList<>();
  private final List<Map<String, Object>> pagerDuty = new CopyOnWriteArrayList<>();
  private final List<Map<String, Object>> deadMan = new CopyOnWriteArrayList<>();

  private Receiver(HttpServer server) {
    this.server = server;
  }

  static Receiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Receiver receiver = new Receiver(server);
    server.createContext("/slack", call -> take(call, receiver.slack, 200, "ok"));
    server.createContext(
        "/v2/enqueue",
        call -> take(call, receiver.pagerDuty, 202, "{\"status\":\"success\",\"message\":\"ok\"}"));
    server.createContext("/dead-man", call -> take(call, receiver.deadMan, 200, "ok"));
    server.start();
    return receiver;
  }

  private static void take(
      HttpExchange call, List<Map<String, Object>> box, int status, String answer)
      throws IOException {
    try (call) {
      box.add(Json.parse(new String(call.getRequestBody().readAllBytes(), UTF_8)));
      call.sendResponseHeaders(status, answer.length());
      call.getResponseBody().write(answer.getBytes(UTF_8));
    }
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The attachment of each message to Slack whose title holds this text. */
  List<Map<String, Object>> slack(String title) {
    return slack.stream()
        .flatMap(message -> Json.maps(message, "attachments").stream())
        .filter(attachment -> Json.text(attachment, "title").contains(title))
        .toList();
  }

  /** The events to PagerDuty of one alert and this kind: trigger or resolve. */
  List<Map<String, Object>> pagerDuty(String action, String alert) {
    return pagerDuty.stream()
        .filter(event -> Json.text(event, "event_action").equals(action))
        .filter(event -> Json.text(Json.map(event, "payload"), "class").equals(alert))
        .toList();
  }

  int deadManCalls() {
    return deadMan.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
