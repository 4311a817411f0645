/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import java.io.IOException;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** {@code /failures}, the newest first, and {@code /failures/ID} with its evidence. */
final class FailurePages implements HttpHandler {
  private static final String PATH = "/failures";

  private final FailureStore store;

  /** A disk that hangs may hold one thread of the server, never all. */
  private final Semaphore disk = new Semaphore(1);

  FailurePages(FailureStore store) {
    this.store = store;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws IOException {
    String rest = exchange.getRequestPath().substring(PATH.length());
    if (rest.isEmpty() || rest.equals("/")) {
      list(exchange);
    } else {
      show(exchange, rest.substring(1));
    }
  }

  private void list(HttpServerExchange exchange) {
    StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head>");
    page.append("<meta charset=\"utf-8\"><title>walwatch: failures</title></head><body>");
    page.append("<h1>Failures</h1>\n<table>\n");
    List<Failure> kept = store.kept();
    for (int i = kept.size() - 1; i >= 0; i--) {
      Failure failure = kept.get(i);
      if (matches(exchange, "server", failure.server())
          && matches(exchange, "kind", failure.kind().label())) {
        page.append("<tr><td><a href=\"").append(PATH).append('/').append(failure.id());
        page.append("\">").append(failure.at()).append("</a></td><td>");
        page.append(Html.escape(failure.server())).append("</td><td>");
        page.append(Html.escape(failure.summary())).append("</td></tr>\n");
      }
    }
    Text.send(exchange, Text.HTML, page.append("</table></body></html>\n").toString());
  }

  private static boolean matches(HttpServerExchange exchange, String name, String value) {
    Deque<String> asked = exchange.getQueryParameters().get(name);
    return asked == null || asked.isEmpty() || asked.contains("") || asked.contains(value);
  }

  private void show(HttpServerExchange exchange, String id) throws IOException {
    if (!disk.tryAcquire()) {
      exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
      Text.send(exchange, "Another one is being read; try again.\n");
      return;
    }
    try {
      Optional<String> evidence = store.evidence(id);
      if (evidence.isEmpty()) {
        exchange.setStatusCode(StatusCodes.NOT_FOUND);
        Text.send(exchange, "No such failure is kept; the last ones are at /failures.\n");
      } else {
        Text.send(exchange, evidence.get());
      }
    } finally {
      disk.release();
    }
  }
}
