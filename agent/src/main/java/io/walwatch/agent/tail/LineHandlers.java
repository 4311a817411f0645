/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/** Makes a handler for each generation of a stream. */
@FunctionalInterface
public interface LineHandlers {
  /**
   * A handler for a generation that starts now.
   *
   * @param name what the lines come from, for messages: a path, an address, a unit
   */
  LineHandler open(String name);
}
