/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import java.net.InetSocketAddress;

/** A port that could not be opened; the cause says why. */
public final class PortException extends Exception {
  private static final long serialVersionUID = 1;

  private final InetSocketAddress address;

  PortException(InetSocketAddress address, Throwable cause) {
    super(cause.getMessage(), cause);
    this.address = address;
  }

  /** Where it was to listen. */
  public InetSocketAddress address() {
    return address;
  }
}
