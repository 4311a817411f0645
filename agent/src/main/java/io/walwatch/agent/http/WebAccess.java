/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import java.util.Map;
import java.util.Optional;

/**
 * Who may ask, and how. Immutable.
 *
 * @param tls empty: plain HTTP
 * @param headers sent with every answer
 * @param users bcrypt hashes by name; empty: no login
 */
public record WebAccess(Optional<Tls> tls, Map<String, String> headers, Map<String, String> users) {
  /** Plain HTTP, for everybody. */
  public static final WebAccess OPEN = new WebAccess(Optional.empty(), Map.of(), Map.of());

  public WebAccess {
    headers = Map.copyOf(headers);
    users = Map.copyOf(users);
  }
}
