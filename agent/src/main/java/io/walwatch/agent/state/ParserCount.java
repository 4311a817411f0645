/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/** What is counted of one parser on one source. */
public enum ParserCount {
  EVENTS,
  MALFORMED,
  FORGED,
  FAULTS
}
