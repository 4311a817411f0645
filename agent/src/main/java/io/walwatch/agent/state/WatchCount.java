/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/** What is counted of the watching itself. */
public enum WatchCount {
  OVERFLOWS,
  SCANS
}
