/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.Locale;

/** How the checkpoint was taken over at the start. */
public enum RestoreResult {
  /** Positions and counters go on. */
  RESUMED,
  /** Positions go on, counters start at 0. */
  RESET,
  /** It could not be read; everything starts as new. */
  CORRUPT,
  /** There was none. */
  NEW;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
