/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/** What is counted of an archiver's fetches, for each action. */
public enum FetchCount {
  STARTED,
  COMPLETED,
  MISSING,
  PREFETCH_HITS
}
