/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.Map;
import java.util.Optional;

/**
 * What the parts of the agent know about themselves, at one moment. Immutable.
 *
 * @param failuresKept failures with evidence
 * @param evidenceLimited times a bound of the evidence was reached, since the start
 * @param loginRefusals clients that were not let in, since the start
 * @param listingsWaiting looks at backups that are due and wait until others have ended
 * @param reload how the configuration was read last; empty where nothing reads it again
 */
public record AgentFacts(
    CheckpointFacts checkpoint,
    long failuresKept,
    Map<EvidenceBound, Long> evidenceLimited,
    Map<LoginRefusal, Long> loginRefusals,
    long listingsWaiting,
    Optional<ConfigReload> reload) {
  /** Of one that only looks once. */
  public static final AgentFacts NONE = of(CheckpointFacts.NONE);

  public AgentFacts {
    evidenceLimited = Map.copyOf(evidenceLimited);
    loginRefusals = Map.copyOf(loginRefusals);
  }

  /** Of one that answers nobody and lists nothing. */
  public static AgentFacts of(CheckpointFacts checkpoint) {
    return new AgentFacts(checkpoint, 0, Map.of(), Map.of(), 0, Optional.empty());
  }
}
