/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

/** What is counted of PostgreSQL's own messages about archiving, and of limits. */
public enum ServerCount {
  FAILED_LOG_EXIT,
  FAILED_LOG_SIGNAL,
  FAILED_LOG_MODULE,
  FAILED_FATAL_EXIT,
  FAILED_FATAL_SIGNAL,
  FAILED_FATAL_MODULE,
  GAVE_UP,
  NOT_CONFIGURED,
  ORPHANS_REMOVED,
  BACKUP_STOP_WAITS,
  WAL_OUT_OF_SPACE,
  WAL_SEGMENT_MISSING,
  /** {@code QueueBound.WORDS} was reached. */
  LIMITED_WORDS,
  /** {@code QueueBound.GAPS} was reached. */
  LIMITED_GAPS,
  /** Segments on which log and disk had not agreed yet were forgotten. */
  LIMITED_WITNESSES
}
