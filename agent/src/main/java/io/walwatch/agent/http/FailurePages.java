/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** {@code /failures}, the newest first, and {@code /failures/ID} with its evidence. */
final class FailurePages implements HttpHandler {
  private static final String PATH = "/failures";

  private final FailureStore store;
  private final InstantSource clock;

  /** A disk that hangs may hold one thread of the server, never all. */
  private final Semaphore disk = new Semaphore(1);

  FailurePages(FailureStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
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
    Page page = new Page("walwatch: failures");
    page.element("h1", "", "Failures, the newest first");
    List<Failure> kept = store.kept();
    List<Failure> shown =
        kept.stream()
            .filter(failure -> matches(exchange, "server", failure.server()))
            .filter(failure -> matches(exchange, "kind", failure.kind().label()))
            .filter(failure -> matches(exchange, "of", failure.subject()))
            .toList();
    if (shown.size() < kept.size()) {
      page.html("<p>").text(shown.size() + " of " + kept.size());
      page.html(" that are kept; <a href=\"/failures\">show all</a></p>\n");
    } else if (kept.isEmpty()) {
      page.element("p", "good", "None is kept: nothing has failed, or all was forgotten.");
    }
    page.table("when", "what", "where", "kind");
    for (int i = shown.size() - 1; i >= 0; i--) {
      Failure failure = shown.get(i);
      page.row().cell(Ages.of(failure.at(), clock.instant()));
      page.link(PATH + "/" + failure.id(), failure.summary());
      page.cell(failure.subject()).cell(failure.kind().label().replace('_', ' ')).endRow();
    }
    page.endTable().send(exchange);
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
        exchange.getResponseHeaders().put(Headers.VARY, Headers.ACCEPT_STRING);
        tell(exchange, id, evidence.get());
      }
    } finally {
      disk.release();
    }
  }

  /** For a browser a page, for all others the text. */
  private void tell(HttpServerExchange exchange, String id, String evidence) {
    String accepted = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
    if (accepted == null || !accepted.contains("text/html")) {
      Text.send(exchange, evidence);
      return;
    }
    Optional<Failure> failure =
        store.kept().stream().filter(known -> known.id().equals(id)).findFirst();
    Page page = new Page("walwatch: " + failure.map(Failure::summary).orElse(id));
    page.element("h1", "bad", failure.map(Failure::summary).orElse(id));
    if (failure.isPresent()) {
      String server = failure.get().server();
      page.html("<p>").text(Ages.of(failure.get().at(), clock.instant()));
      page.text(server.isEmpty() ? "" : ", server " + server).html("</p>\n");
    }
    page.element("pre", "", evidence).send(exchange);
  }
}
