/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What is known about one job, at one moment. Immutable.
 *
 * @param running runs that go on
 * @param lastFailureMillis end of the last run that failed, or when the last lost one was missed
 * @param expectedEveryMillis from the configuration
 * @param expectedSinceMillis since when the configuration has it
 */
public record JobSnapshot(
    String name,
    int running,
    Map<JobCount, Long> counts,
    OptionalLong lastStartMillis,
    OptionalLong lastSuccessMillis,
    OptionalLong lastFailureMillis,
    OptionalLong lastDurationMillis,
    OptionalLong lastExitCode,
    OptionalLong expectedEveryMillis,
    OptionalLong expectedSinceMillis) {
  public JobSnapshot {
    counts = Map.copyOf(counts);
  }
}
