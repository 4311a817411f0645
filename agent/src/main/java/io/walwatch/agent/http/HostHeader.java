/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.regex.Pattern;

/**
 * Under which name a client reached this server. A browser on the host asks for pages of anybody's
 * choice, and a name of anybody may lead to 127.0.0.1: then its page could read ours.
 */
final class HostHeader {
  private static final Pattern LOCAL =
      Pattern.compile(
          "(?i)(?:(?:localhost\\.?|127(?:\\.[0-9]{1,3}){3}|\\[(?:::|(?:0{1,4}:){7})0{0,3}1])"
              + "(?::[0-9]{0,5})?)?");

  private HostHeader() {}

  /** Whether it is that of the loopback device, or none. */
  static boolean isLocal(HttpServerExchange exchange) {
    HeaderValues hosts = exchange.getRequestHeaders().get(Headers.HOST);
    return hosts == null || hosts.stream().allMatch(HostHeader::isLocal);
  }

  static boolean isLocal(String host) {
    return LOCAL.matcher(host.strip()).matches();
  }
}
