/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/** What is counted of an archiver's pushes; METRICS.md holds the meaning of each. */
public enum PushCount {
  STARTED,
  COMPLETED,
  REPEATED,
  SKIPPED,
  FAILED,
  ABANDONED,
  UNMATCHED,
  RETRIES
}
