/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.parse.Line;

/**
 * Takes the lines of one generation of one stream, in order, on the loop's thread. One that is done
 * with each line at once needs nothing but {@link #line}.
 */
public interface LineHandler {
  /** The line is valid during the call only. */
  void line(Line line);

  /** Nothing new for a moment: what may be complete is complete. */
  default void quiet() {}

  /** Nothing new for seconds: what waited for more waits no longer. */
  default void longQuiet() {}

  /** Nothing follows in this generation. */
  default void end() {}

  /**
   * First byte that must be read again after a crash, or {@link Long#MAX_VALUE} when all lines that
   * were handed over are done with.
   */
  default long pendingOffsetBytes() {
    return Long.MAX_VALUE;
  }
}
