/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

/** What is said on the agent's own log of something that cannot be read. */
enum Voice {
  /** All, and that it is tried again. */
  STAYING,
  /** All; the command ends after one look. */
  ONCE,
  /** Nothing: a report tells. */
  SILENT;

  boolean speaks() {
    return this != SILENT;
  }

  /** The end of a line, for an agent that stays. */
  String promise(String text) {
    return this == STAYING ? "; " + text : "";
  }
}
