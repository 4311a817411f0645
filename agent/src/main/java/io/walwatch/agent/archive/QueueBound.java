/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

/** What is kept of a queue only up to a number, told each time that something is forgotten. */
public enum QueueBound {
  /** What logs said of segments while archive_status could not be read. */
  WORDS,
  /** Segments that are missing, and what was archived between them. */
  GAPS
}
