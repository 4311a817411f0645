/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.evidence.Excerpt;
import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.Trail;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hands on what a server's log tells, and notes the failures in it. Loop's thread only. */
final class FailureSink implements EventSink {
  private final EventSink next;
  private final String server;
  private final Trail trail;
  private final FailureWatch failures;
  private final Successes successes = new Successes();
  private long lastPushBytes;

  FailureSink(EventSink next, String server, Trail trail, FailureWatch failures) {
    this.next = next;
    this.server = server;
    this.trail = trail;
    this.failures = failures;
  }

  @Override
  public void event(LogEvent event, Origin origin) {
    next.event(event, origin);
    if (event instanceof LogEvent.Push push) {
      failures.read(server, push, () -> trail.aroundBegin(lastPushBytes, origin.offsetBytes()));
      successes.read(push, origin.offsetBytes());
      if (push.state() == PushState.COMPLETE) {
        lastPushBytes = origin.offsetBytes();
      }
    } else if (event instanceof LogEvent.ArchiveCommandFailed failed) {
      String file = failed.file() == null ? null : failed.file().name();
      note(
          event.at(),
          Failure.Kind.ARCHIVE_COMMAND,
          summary(failed),
          successes.before(file),
          origin);
    } else if (event instanceof LogEvent.Message message
        && message.severity().compareTo(MessageSeverity.ERROR) >= 0) {
      String summary = message.archiver() + " " + message.severity() + ": " + message.text();
      note(event.at(), Failure.Kind.ARCHIVER, summary, lastPushBytes, origin);
    }
  }

  private void note(
      @Nullable Instant at, Failure.Kind kind, String summary, long fromBytes, Origin origin) {
    String what = Long.toHexString(origin.textHash());
    Excerpt around = trail.around(fromBytes, origin.offsetBytes());
    failures.failed(at, kind, server, summary, what, around);
  }

  @Override
  public void rejected(Rejection rejection) {
    next.rejected(rejection);
  }

  private static String summary(LogEvent.ArchiveCommandFailed failed) {
    String how =
        switch (failed.cause()) {
          case EXIT -> "exit code " + failed.code();
          case SIGNAL -> "signal " + failed.code();
          case MODULE -> "module";
        };
    String file = failed.file() == null ? "" : " for " + failed.file().name();
    return "archive command failed" + file + ": " + how;
  }
}
