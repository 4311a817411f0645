/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.Locale;

/** What is bounded while the evidence of failures is gathered. */
public enum EvidenceBound {
  /**
   * Failures that wait until what stands around them is read back: the one that left is not kept.
   */
  FAILURES,
  /** Begins of pushes: one that is given up later has no lines in its evidence. */
  BEGINS;

  /** As in a metric's label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
