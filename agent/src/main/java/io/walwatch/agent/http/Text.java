/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;

/** Sends text. */
final class Text {
  static final String PLAIN = "text/plain; charset=utf-8";
  static final String HTML = "text/html; charset=utf-8";

  private Text() {}

  static void send(HttpServerExchange exchange, String body) {
    send(exchange, PLAIN, body);
  }

  static void send(HttpServerExchange exchange, String contentType, String body) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
    exchange.getResponseSender().send(body, StandardCharsets.UTF_8);
  }
}
