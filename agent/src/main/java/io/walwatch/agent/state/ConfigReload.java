/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/**
 * How the configuration was read last. Immutable.
 *
 * @param successful whether the last attempt worked
 * @param lastSuccessMillis when one worked last; the start counts
 * @param serversExpected whether there ought to be a PostgreSQL server on this host
 */
public record ConfigReload(boolean successful, long lastSuccessMillis, boolean serversExpected) {
  /** After an attempt that failed: the old configuration holds. */
  public ConfigReload failed() {
    return new ConfigReload(false, lastSuccessMillis, serversExpected);
  }
}
