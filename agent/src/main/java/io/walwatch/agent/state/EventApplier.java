/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEventVisitor;
import java.time.InstantSource;

/** Brings what a log said into the state of its server. Used by the loop only. */
final class EventApplier implements LogEventVisitor {
  private final ServerState server;
  private final InstantSource clock;

  EventApplier(ServerState server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  void apply(LogEvent event) {
    event.accept(this);
  }

  @Override
  public void push(LogEvent.Push event) {
    server.push(dated(event), clock.millis());
  }

  /** The push without its time where that is in the future. */
  private LogEvent.Push dated(LogEvent.Push push) {
    if (push.at() == null || LastTime.believed(push.at(), clock) != null) {
      return push;
    }
    return new LogEvent.Push(
        null,
        push.archiver(),
        push.state(),
        push.file(),
        push.pid(),
        push.store(),
        push.rateBytesPerSecond());
  }

  @Override
  public void fetch(LogEvent.Fetch event) {
    server.archiver(event.archiver()).fetch(event);
  }

  @Override
  public void message(LogEvent.Message event) {
    server.archiver(event.archiver()).message(event);
  }

  @Override
  public void archiveCommandFailed(LogEvent.ArchiveCommandFailed event) {
    server.archiveCommandFailed(event);
  }

  @Override
  public void archiveCommandGaveUp(LogEvent.ArchiveCommandGaveUp event) {
    count(ServerCount.GAVE_UP);
  }

  @Override
  public void archiveOrphanRemoved(LogEvent.ArchiveOrphanRemoved event) {
    count(ServerCount.ORPHANS_REMOVED);
  }

  @Override
  public void archiveNotConfigured(LogEvent.ArchiveNotConfigured event) {
    count(ServerCount.NOT_CONFIGURED);
  }

  @Override
  public void walSegmentMissing(LogEvent.WalSegmentMissing event) {
    count(ServerCount.WAL_SEGMENT_MISSING);
  }

  @Override
  public void walOutOfSpace(LogEvent.WalOutOfSpace event) {
    count(ServerCount.WAL_OUT_OF_SPACE);
  }

  @Override
  public void backupStopWait(LogEvent.BackupStopWait event) {
    count(ServerCount.BACKUP_STOP_WAITS);
  }

  @Override
  public void server(LogEvent.Server event) {
    // The role is read from the server's files, which cannot be behind the log.
  }

  private void count(ServerCount what) {
    server.count(what);
  }
}
