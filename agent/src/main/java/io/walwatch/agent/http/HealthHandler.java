/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.util.function.BooleanSupplier;

/** 200 while a condition holds, else 503. */
final class HealthHandler implements HttpHandler {
  private final BooleanSupplier condition;

  HealthHandler(BooleanSupplier condition) {
    this.condition = condition;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    boolean holds = condition.getAsBoolean();
    exchange.setStatusCode(holds ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE);
    Text.send(exchange, holds ? "ok\n" : "not yet\n");
  }
}
