/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the agent knows about itself, at one moment. Immutable.
 *
 * @param lastSaveMillis when the last checkpoint was written
 * @param checkpointErrors checkpoints that could not be written
 * @param restores how checkpoints were taken over at the start
 * @param failuresKept failures with evidence
 * @param internalErrors faults of the agent's own that it survived
 * @param absentDropped servers and sources that were away and are forgotten, since too many were
 * @param loginRefusals clients that were not let in, since the start
 * @param listingsWaiting looks at backups that are due and wait until others have ended
 * @param reload how the configuration was read last; empty where nothing reads it again
 */
public record AgentSnapshot(
    OptionalLong lastSaveMillis,
    long checkpointErrors,
    Map<RestoreResult, Long> restores,
    long internalErrors,
    long absentDropped,
    long failuresKept,
    Map<LoginRefusal, Long> loginRefusals,
    long listingsWaiting,
    Optional<ConfigReload> reload) {
  public AgentSnapshot {
    restores = Map.copyOf(restores);
    loginRefusals = Map.copyOf(loginRefusals);
  }

  public AgentSnapshot(
      OptionalLong lastSaveMillis,
      long checkpointErrors,
      Map<RestoreResult, Long> restores,
      long internalErrors) {
    this(
        lastSaveMillis,
        checkpointErrors,
        restores,
        internalErrors,
        0,
        0,
        Map.of(),
        0,
        Optional.empty());
  }

  /** The same with another number of failures that are kept. */
  public AgentSnapshot withFailuresKept(long count) {
    return new AgentSnapshot(
        lastSaveMillis,
        checkpointErrors,
        restores,
        internalErrors,
        absentDropped,
        count,
        loginRefusals,
        listingsWaiting,
        reload);
  }

  /** The same with how the configuration was read last. */
  public AgentSnapshot withReload(ConfigReload last) {
    return new AgentSnapshot(
        lastSaveMillis,
        checkpointErrors,
        restores,
        internalErrors,
        absentDropped,
        failuresKept,
        loginRefusals,
        listingsWaiting,
        Optional.of(last));
  }

  /** The same with how many clients were not let in. */
  public AgentSnapshot withLoginRefusals(Map<LoginRefusal, Long> counts) {
    return new AgentSnapshot(
        lastSaveMillis,
        checkpointErrors,
        restores,
        internalErrors,
        absentDropped,
        failuresKept,
        counts,
        listingsWaiting,
        reload);
  }

  /** The same with how many looks at backups wait. */
  public AgentSnapshot withListingsWaiting(long count) {
    return new AgentSnapshot(
        lastSaveMillis,
        checkpointErrors,
        restores,
        internalErrors,
        absentDropped,
        failuresKept,
        loginRefusals,
        count,
        reload);
  }

  AgentSnapshot withFaults(long errors, long dropped) {
    return new AgentSnapshot(
        lastSaveMillis,
        checkpointErrors,
        restores,
        errors,
        dropped,
        failuresKept,
        loginRefusals,
        listingsWaiting,
        reload);
  }
}
