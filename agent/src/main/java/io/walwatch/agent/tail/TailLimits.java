/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.time.Duration;

/**
 * Bounds and patience of the tailer.
 *
 * @param maxLineBytes longer lines lose their end
 * @param maxOpenFiles descriptors that one stream holds; of more files those idle longest are
 *     closed and opened again when they grow
 * @param quiet how long no bytes must come until what may be complete counts as complete
 * @param lateWriter how long a writer may stop in between. A rotated file must be idle for so long
 *     until it is closed: the log collector, and each WAL-E process that still runs, hold the old
 *     file; the last one of each path is opened again if it grows after all. And a record that
 *     lacks a part waits so long for it, where bytes come seldom
 * @param deletedWriter the same for a file whose path leads nowhere: its writer may go on for ever,
 *     but so would the disk space that an open descriptor keeps
 * @param catchUpBytes how much of what lies unread when a stream is opened is read; what lies
 *     further behind is lost, and counted
 */
public record TailLimits(
    int maxLineBytes,
    int maxOpenFiles,
    Duration quiet,
    Duration lateWriter,
    Duration deletedWriter,
    long catchUpBytes) {
  /** All that lies unread is read. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** What fits PostgreSQL and the archivers. */
  public static final TailLimits DEFAULT =
      new TailLimits(
          64 * 1024,
          256,
          Duration.ofMillis(100),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          UNLIMITED);

  public TailLimits {
    if (maxLineBytes < 1 || maxOpenFiles < 1 || catchUpBytes < 0) {
      throw new IllegalArgumentException(
          maxLineBytes + " bytes, " + maxOpenFiles + " files, " + catchUpBytes + " behind");
    }
  }
}
