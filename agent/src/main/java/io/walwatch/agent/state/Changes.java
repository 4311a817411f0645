/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/** Whether anything that a restart needs has changed. Written by the loop only. */
final class Changes {
  private boolean any;

  void note() {
    any = true;
  }

  void note(int events) {
    any |= events > 0;
  }

  /** Whether anything has changed since this was asked last. */
  boolean take() {
    boolean changed = any;
    any = false;
    return changed;
  }
}
