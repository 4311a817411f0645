/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/** Whether anything that a restart needs has changed. Written by the loop only. */
final class Changes {
  private Change last = Change.NONE;

  void note() {
    last = Change.EVENT;
  }

  void note(int events) {
    if (events > 0) {
      note();
    }
  }

  void noteReading() {
    last = last.or(Change.READ);
  }

  /** What has changed since this was asked last. */
  Change take() {
    Change taken = last;
    last = Change.NONE;
    return taken;
  }
}
