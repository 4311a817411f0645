/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.AgentSnapshot;
import java.util.Map;
import java.util.OptionalLong;

/** Remembers nothing: for {@code once}. */
final class NoCheckpoint implements CheckpointKeeper {
  NoCheckpoint() {}

  @Override
  public boolean save(boolean stopping) {
    return true;
  }

  @Override
  public AgentSnapshot snapshot() {
    return new AgentSnapshot(OptionalLong.empty(), 0, Map.of(), 0);
  }
}
