/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/** What is counted of an archive queue for each kind of file. */
public enum QueueCount {
  ARCHIVED,
  RECEIVED,
  VANISHED,
  UNOBSERVED
}
