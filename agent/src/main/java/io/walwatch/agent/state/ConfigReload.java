/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/**
 * How the configuration was read last. Immutable.
 *
 * @param successful whether the last attempt worked
 * @param lastSuccessMillis when one worked last; the start counts
 */
public record ConfigReload(boolean successful, long lastSuccessMillis) {
  /** After an attempt that failed: the old configuration holds. */
  public ConfigReload failed() {
    return new ConfigReload(false, lastSuccessMillis);
  }
}
