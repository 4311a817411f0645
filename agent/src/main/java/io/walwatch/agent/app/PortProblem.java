/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** Why a port could not be opened, and the mend. */
final class PortProblem {
  private PortProblem() {}

  static String describe(RuntimeException e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return "cannot listen: "
            + cause.getMessage()
            + "; another program uses that address, or it is not this host's: choose another with"
            + " --listen";
      }
    }
    return "cannot listen: " + e.getMessage();
  }
}
