/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.parse.EventSink;
import java.io.IOException;

/** Shows events to a person or a script. */
interface EventPrinter extends EventSink {
  /** What follows comes from this file. */
  void source(String file);

  /** So many records could not be compared with those of later files: they may show twice. */
  default void notCompared(long records) {}

  /** Whether the output takes nothing more, so that reading on is of no use. */
  default boolean isBroken() {
    return false;
  }

  /**
   * Nothing follows: what is left is written.
   *
   * @throws IOException if something could not be written, now or before
   */
  void finish() throws IOException;
}
