/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.CheckpointFacts;

/** Remembers nothing: for {@code once}. */
final class NoCheckpoint implements CheckpointKeeper {
  NoCheckpoint() {}

  @Override
  public boolean save(boolean stopping) {
    return true;
  }

  @Override
  public long sizeBytes() {
    return 0;
  }

  @Override
  public CheckpointFacts facts() {
    return CheckpointFacts.NONE;
  }
}
