/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/** One method for each kind of event, so that a new kind cannot be forgotten anywhere. */
public interface LogEventVisitor<R> {
  R push(LogEvent.Push event);

  R fetch(LogEvent.Fetch event);

  R message(LogEvent.Message event);

  R archiveCommandFailed(LogEvent.ArchiveCommandFailed event);

  R archiveCommandGaveUp(LogEvent.ArchiveCommandGaveUp event);

  R archiveOrphanRemoved(LogEvent.ArchiveOrphanRemoved event);

  R archiveNotConfigured(LogEvent.ArchiveNotConfigured event);

  R walSegmentMissing(LogEvent.WalSegmentMissing event);

  R walOutOfSpace(LogEvent.WalOutOfSpace event);

  R backupStopWait(LogEvent.BackupStopWait event);

  R server(LogEvent.Server event);
}
