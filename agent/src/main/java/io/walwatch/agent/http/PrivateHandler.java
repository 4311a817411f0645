/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RenegotiationRequiredException;
import io.undertow.server.SSLSessionInfo;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Lets local clients, and those who have shown who they are, through to what commands have written.
 * A request that a proxy has handed on is never local, although the proxy may be; nor is one for
 * another host.
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
    String scheme = exchange.getRequestScheme();
    Text.send(
        exchange,
        "This page shows what commands have written. It answers on the host itself, and to"
            + " clients\n"
            + "who log in or show a certificate (basic_auth_users or client_ca_file in"
            + " web_config):\n"
            + "  curl "
            + scheme
            + "://127.0.0.1:"
            + port
            + "/failures\n"
            + "  sudo -u walwatch walwatch failures\n"
            + "Requests that come by a proxy (Forwarded, X-Forwarded-*, Via) are never local, nor"
            + " are\n"
            + "those for another name (Host) than localhost, 127.0.0.1 or [::1]; these have to log"
            + " in.\n");
  }

  /** Whether this client may see what commands have written, and what the configuration says. */
  static boolean isPrivate(HttpServerExchange exchange) {
    return LoginHandler.isLoggedIn(exchange)
        || (isOfNoProxy(exchange) && (isLocal(exchange) || hasCertificate(exchange)));
  }

  /** Only certificates that were checked are ever accepted. */
  private static boolean hasCertificate(HttpServerExchange exchange) {
    SSLSessionInfo session = exchange.getConnection().getSslSessionInfo();
    try {
      return session != null && session.getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException | RenegotiationRequiredException ignored) {
      return false;
    }
  }

  private static boolean isLocal(HttpServerExchange exchange) {
    InetAddress peer =
        exchange.getConnection().getPeerAddress(InetSocketAddress.class).getAddress();
    return peer != null && peer.isLoopbackAddress() && HostHeader.isLocal(exchange);
  }

  private static boolean isOfNoProxy(HttpServerExchange exchange) {
    return exchange.getRequestHeaders().getHeaderNames().stream()
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
