/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * Lets local clients through to what commands have written. A request that a proxy has handed on is
 * never local, although the proxy may be.
 */
final class PrivateHandler implements HttpHandler {
  private final HttpHandler next;

  PrivateHandler(HttpHandler next) {
    this.next = next;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (isPrivate(exchange)) {
      next.handleRequest(exchange);
      return;
    }
    exchange.setStatusCode(StatusCodes.FORBIDDEN);
    int port = exchange.getConnection().getLocalAddress(InetSocketAddress.class).getPort();
    Text.send(
        exchange,
        "This page shows what commands have written, and answers on the host itself only:\n"
            + "  curl http://127.0.0.1:"
            + port
            + "/failures\n  sudo -u walwatch walwatch failures\n"
            + "Requests that come by a proxy (Forwarded, X-Forwarded-*, Via) are never local.\n");
  }

  /** Whether this client may see what commands have written, and what the configuration says. */
  static boolean isPrivate(HttpServerExchange exchange) {
    return isLocal(exchange);
  }

  private static boolean isLocal(HttpServerExchange exchange) {
    InetAddress peer =
        exchange.getConnection().getPeerAddress(InetSocketAddress.class).getAddress();
    return peer != null
        && peer.isLoopbackAddress()
        && exchange.getRequestHeaders().getHeaderNames().stream()
            .noneMatch(PrivateHandler::isOfAProxy);
  }

  private static boolean isOfAProxy(HttpString header) {
    String name = header.toString().toLowerCase(Locale.ROOT);
    return name.equals("forwarded")
        || name.equals("via")
        || name.equals("x-real-ip")
        || name.startsWith("x-forwarded-");
  }
}
