/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/** What has changed since this was asked last: the last of these that holds. */
public enum Change {
  NONE,
  /** Lines were read that nothing counts but their number and their bytes. */
  READ,
  /** Something that somebody waits for. */
  EVENT;

  /** The one of two that asks for more. */
  public Change or(Change other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
