/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.net.InetSocketAddress;

/** The only place where syslog is listened to: it has no sender that could be believed. */
final class Loopback {
  private Loopback() {}

  /**
   * Refuses what others can reach.
   *
   * @throws IllegalArgumentException if it is not a loopback address
   */
  static InetSocketAddress require(InetSocketAddress address) {
    if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(address + " is not a loopback address");
    }
    return address;
  }
}
