/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/**
 * What the agent knows about itself, at one moment. Immutable.
 *
 * @param internalErrors faults of its own that it survived
 * @param absentDropped servers and sources that were away and are forgotten, since too many were
 */
public record AgentSnapshot(AgentFacts facts, long internalErrors, long absentDropped) {
  /** Of one that has just begun, and only looks once. */
  public static final AgentSnapshot NONE = new AgentSnapshot(AgentFacts.NONE, 0, 0);
}
