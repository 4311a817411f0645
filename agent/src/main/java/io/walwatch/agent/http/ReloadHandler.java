/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import io.walwatch.agent.http.ReloadControl.Outcome;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code POST /-/reload}, where it is switched on. Answers when the new configuration holds, or why
 * it does not; what the file says is told to private clients only.
 */
final class ReloadHandler implements HttpHandler {
  private static final long LIMIT_SECONDS = 10;
  private static final String OFF =
      """
      Reloading over HTTP is switched off. Either
        systemctl reload walwatch        (it sends SIGHUP, which always reloads)
      or switch it on: http_reload: true in the configuration file, --http-reload, or
      WALWATCH_HTTP_RELOAD=true.
      """;

  private final ReloadControl control;

  /** A worker waits for the loop: one may, never all. */
  private final Semaphore one = new Semaphore(1);

  ReloadHandler(ReloadControl control) {
    this.control = control;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (!control.isOn()) {
      exchange.setStatusCode(StatusCodes.FORBIDDEN);
      Text.send(exchange, OFF);
    } else if (!exchange.getRequestMethod().equals(Methods.POST)) {
      exchange.setStatusCode(StatusCodes.METHOD_NOT_ALLOWED);
      exchange.getResponseHeaders().put(Headers.ALLOW, "POST");
      Text.send(exchange, "A reload is asked for with POST.\n");
    } else if (exchange.isInIoThread()) {
      exchange.dispatch(this);
    } else if (!one.tryAcquire()) {
      exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
      Text.send(exchange, "A reload is going on; try again.\n");
    } else {
      try {
        reload(exchange);
      } finally {
        one.release();
      }
    }
  }

  private void reload(HttpServerExchange exchange) throws ExecutionException {
    try {
      tell(exchange, control.request().get(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      exchange.setStatusCode(StatusCodes.GATEWAY_TIME_OUT);
      Text.send(exchange, "The reload goes on; the agent's log will tell how it ends.\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void tell(HttpServerExchange exchange, Outcome outcome) {
    if (!outcome.worked()) {
      exchange.setStatusCode(StatusCodes.INTERNAL_SERVER_ERROR);
    }
    StringBuilder text = new StringBuilder();
    text.append(outcome.worked() ? "The new configuration holds.\n" : "Not reloaded:\n");
    if (PrivateHandler.isPrivate(exchange)) {
      outcome.lines().forEach(line -> text.append(line).append('\n'));
    } else if (!outcome.lines().isEmpty()) {
      text.append("The agent's log tells more.\n");
    }
    Text.send(exchange, text.toString());
  }
}
