/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.parse.WalFile;

/**
 * Everything that can happen to an archive queue. Times are milliseconds since the epoch. Called on
 * the loop's thread.
 */
public interface QueueEvents {
  /** {@code .ready} became {@code .done}. */
  void archived(WalFile file, long readySinceMillis, long archivedAtMillis);

  /** {@code .done} without {@code .ready}: received or restored, not archived here. */
  void received(WalFile file);

  /**
   * {@code .ready} went away while watched without a gap, and no {@code .done} came.
   *
   * @return whether it may be lost; not where a log says that it was pushed
   */
  boolean vanished(WalFile file);

  /**
   * The same of a file that had been archived before: a crash brought its {@code .ready} back, and
   * PostgreSQL removed it as an orphan. No loss.
   */
  void orphaned(WalFile file);

  /** Waited before a blind interval, is gone after it: the outcome was not seen. */
  void unobserved(WalFile file);

  /** The watch dropped its events; a scan follows. */
  void overflowed();

  /** archive_status was listed. */
  void scanned(long durationNanos);

  /** archive_status cannot be read. Told once for each change of {@code problem}. */
  void unreadable(String problem);

  /**
   * archive_status cannot be watched and is listed often instead; told once for each change.
   *
   * @param problem what is in the way; empty when it is watched again
   */
  void watchProblem(String problem);

  /** archive_status can be read again. */
  void readable();

  /** More came than is kept: something of the queue was forgotten. */
  void limited(QueueBound bound);
}
