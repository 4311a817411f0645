/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.nio.channels.SelectableChannel;

/** Ends the sleep of the loop when there is something to read. */
public interface Waker {
  /** For streams that are looked at now and then all the same. */
  Waker NOBODY =
      new Waker() {
        @Override
        public void wake() {}

        @Override
        public void watch(SelectableChannel channel, int operations) {}
      };

  /** There may be something to read. Any thread. */
  void wake();

  /**
   * Wakes whenever a channel is ready for one of these operations. The loop's thread.
   *
   * @param operations as in {@link java.nio.channels.SelectionKey}; 0 to be woken no longer
   */
  void watch(SelectableChannel channel, int operations);
}
