/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a port could not be opened, and the mend. */
final class PortProblem {
  private PortProblem() {}

  /**
   * @param addresses those that were asked for, of which one could not be had
   */
  static String describe(List<InetSocketAddress> addresses, RuntimeException e) {
    String where =
        addresses.stream()
            .map(address -> address.getHostString() + ":" + address.getPort())
            .collect(Collectors.joining(" or "));
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return "cannot listen on "
            + where
            + ": "
            + cause.getMessage()
            + "; another program uses that address, or it is not this host's: choose another with"
            + " --listen";
      }
    }
    return "cannot listen on " + where + ": " + e.getMessage();
  }
}
