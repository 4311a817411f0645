/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import java.time.Instant;

/**
 * Takes from records that were written before us when something happened last, and nothing else:
 * they are not counted, and whoever restarts an agent without memory is not told of old failures.
 */
record Primer(SourceState source, ServerState server, Changes changes) implements EventSink {
  @Override
  public void event(LogEvent event, Origin origin) {
    Instant at = event.at();
    if (at != null) {
      changes.note();
      source.eventAt(at.toEpochMilli());
      happened(event, at.toEpochMilli());
    }
  }

  private void happened(LogEvent event, long millis) {
    if (event instanceof LogEvent.Push push && push.state() == LogEvent.PushState.COMPLETE) {
      server.archiver(push.archiver()).completedAt(millis);
    } else if (event instanceof LogEvent.ArchiveCommandFailed) {
      server.archiveCommandFailedAt(millis);
    }
  }

  @Override
  public void rejected(Rejection rejection) {
    // Not ours to count.
  }
}
