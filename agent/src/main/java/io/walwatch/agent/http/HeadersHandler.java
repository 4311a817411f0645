/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.function.Supplier;

/** The configured headers, on every answer: on refusals and health checks as well. */
final class HeadersHandler implements HttpHandler {
  private final Supplier<WebAccess> access;
  private final HttpHandler next;

  HeadersHandler(Supplier<WebAccess> access, HttpHandler next) {
    this.access = access;
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    access
        .get()
        .headers()
        .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    next.handleRequest(exchange);
  }
}
