/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.config.yaml.InvalidValueException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to listen.
 *
 * @param host name or address, an IPv6 address without brackets; empty: all interfaces
 * @param port 0: a free one
 */
public record ListenAddress(Optional<String> host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%a-z]+)]|([A-Za-z0-9._-]*)):(\\d{1,5})");
  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|[^:]*:.*");
  private static final Pattern LOOPBACK = Pattern.compile("127\\..*|(?:0*:)*:?0*1");
  private static final int MAX_PORT = 65_535;

  /** Reads {@code ADDRESS:PORT}, {@code [IPV6]:PORT} or {@code :PORT}. */
  static ListenAddress parse(String text) throws InvalidValueException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidValueException(
          "is not ADDRESS:PORT: write for example :10432, 127.0.0.1:10432 or [::1]:10432");
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port > MAX_PORT) {
      throw new InvalidValueException("has a port above " + MAX_PORT);
    }
    return new ListenAddress(
        Optional.ofNullable(matcher.group(1))
            .or(() -> Optional.ofNullable(matcher.group(2)))
            .filter(host -> !host.isEmpty()),
        port);
  }

  /** Whether it is an address by its numbers, and not one of the loopback interface. */
  boolean isOpenToOthers() {
    return host.filter(NUMBERS.asMatchPredicate())
        .filter(address -> !LOOPBACK.asMatchPredicate().test(address))
        .isPresent();
  }

  /** In the form that is read. */
  @Override
  public String toString() {
    return host.map(name -> name.contains(":") ? "[" + name + "]" : name).orElse("") + ":" + port;
  }
}
