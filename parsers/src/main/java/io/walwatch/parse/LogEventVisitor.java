/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/** One method for each kind of event, so that a new kind cannot be forgotten anywhere. */
public interface LogEventVisitor {
  void push(LogEvent.Push event);

  void fetch(LogEvent.Fetch event);

  void message(LogEvent.Message event);

  void archiveCommandFailed(LogEvent.ArchiveCommandFailed event);

  void archiveCommandGaveUp(LogEvent.ArchiveCommandGaveUp event);

  void archiveOrphanRemoved(LogEvent.ArchiveOrphanRemoved event);

  void archiveNotConfigured(LogEvent.ArchiveNotConfigured event);

  void walSegmentMissing(LogEvent.WalSegmentMissing event);

  void walOutOfSpace(LogEvent.WalOutOfSpace event);

  void backupStopWait(LogEvent.BackupStopWait event);

  void server(LogEvent.Server event);
}
