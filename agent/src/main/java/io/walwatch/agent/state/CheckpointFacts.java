/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What there is to know about checkpoints, at one moment. Immutable.
 *
 * @param lastSaveMillis when the last one was written
 * @param errors how many could not be written
 * @param restores how they were taken over at the start
 */
public record CheckpointFacts(
    OptionalLong lastSaveMillis, long errors, Map<RestoreResult, Long> restores) {
  /** Where nothing is written down. */
  public static final CheckpointFacts NONE = new CheckpointFacts(OptionalLong.empty(), 0, Map.of());

  public CheckpointFacts {
    restores = Map.copyOf(restores);
  }
}
