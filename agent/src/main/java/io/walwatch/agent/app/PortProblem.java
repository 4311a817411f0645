/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.http.PortException;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a port could not be opened, and the mend. */
final class PortProblem {
  private static final int FIRST_FREE_PORT = 1024;

  private PortProblem() {}

  static String describe(PortException e) {
    InetSocketAddress address = e.address();
    String where = "cannot listen on " + address.getHostString() + ":" + address.getPort() + ": ";
    if (address.isUnresolved()) {
      return where + "no such host is known here; choose another address with --listen";
    }
    return where + e.getMessage() + "; " + mend(address.getPort(), e.getMessage());
  }

  private static String mend(int port, @Nullable String message) {
    String why = message == null ? "" : message.toLowerCase(Locale.ROOT);
    if (why.contains("in use")) {
      return "another program uses that port, or it is named twice: choose another with --listen";
    }
    if (why.contains("permission") && port < FIRST_FREE_PORT) {
      return "ports below 1024 are root's: choose another with --listen";
    }
    return "is that address this host's? Choose another with --listen";
  }
}
