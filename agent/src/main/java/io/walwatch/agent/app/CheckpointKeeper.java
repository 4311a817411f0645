/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.CheckpointFacts;

/** Writes the state down, where it is written down at all ({@code once} never does). */
interface CheckpointKeeper {
  /**
   * Writes everything that a restart needs. A failure is counted and said, never thrown.
   *
   * @param stopping whether this is the last one of a clean stop
   * @return whether it was written
   */
  boolean save(boolean stopping);

  /** How large the last one was that was written, in bytes; 0 before. */
  long sizeBytes();

  /** What there is to know about checkpoints. */
  CheckpointFacts facts();
}
