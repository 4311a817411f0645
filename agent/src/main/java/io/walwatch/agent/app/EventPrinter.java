/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.parse.EventSink;
import java.io.IOException;

/** Shows events to a person or a script. */
interface EventPrinter extends EventSink {
  /** What follows comes from this file. */
  void source(String file);

  /** Nothing follows: what is left is written. */
  void finish() throws IOException;
}
