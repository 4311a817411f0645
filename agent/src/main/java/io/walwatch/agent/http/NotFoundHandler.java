/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;

/** Answers for every path that nobody owns. */
final class NotFoundHandler implements HttpHandler {
  @Override
  public void handleRequest(HttpServerExchange exchange) {
    exchange.setStatusCode(StatusCodes.NOT_FOUND);
    Text.send(exchange, "Nothing here. Metrics are at /metrics.\n");
  }
}
