/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.evidence.FairShare;
import io.walwatch.agent.evidence.Trail;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.jobs.JobEnd;
import io.walwatch.agent.jobs.JobEvents;
import io.walwatch.agent.jobs.JobStart;
import io.walwatch.agent.state.AbandonedPush;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the evidence of failures that logs and jobs tell of. While a log is read, only the place of
 * a failure is noted; what stands around it is read back afterwards. Loop's thread only.
 */
final class FailureWatch {
  private static final Logger logger = LogManager.getLogger(FailureWatch.class);

  /** Read back in one turn of the loop: each is up to 72 KiB to read and to mask. */
  private static final int MOST_IN_ONE_TURN = 5;

  /** Clocks that differ by less are taken for right. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private interface Keeping {
    void run() throws IOException;
  }

  /** A failure whose surroundings are not read back yet. */
  private record Noted(Failure failure, Supplier<String> surroundings) {}

  private final FailureStore store;
  private final InstantSource clock;
  private final BegunPushes begun = new BegunPushes();
  private final Deque<Noted> noted = new ArrayDeque<>();
  private boolean failing;

  FailureWatch(FailureStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Reads what an earlier run has kept. Where that fails, failures are still tried to be kept. */
  void open() {
    try {
      store.open();
    } catch (IOException e) {
      logger.error("The evidence of failures cannot be kept: {}", e.toString());
    }
  }

  /** A sink that hands everything on, and notes failures. */
  EventSink around(EventSink sink, String server, Trail trail) {
    return new Sink(sink, server, trail);
  }

  /** The same for jobs. */
  JobEvents around(JobEvents events) {
    return new JobFailures(events);
  }

  /**
   * A set of backups cannot be listed: the evidence is what its command wrote on stderr, the last
   * time. It is one failure until a look works.
   */
  void listing(String set, long sinceMillis, Look look) {
    Instant at = believed(Instant.ofEpochMilli(sinceMillis));
    Failure failure = Failure.ofListing(at, set, look.problem());
    keep(failure, () -> store.keepNewest(failure, look.output()));
  }

  /** A push began and never ended: who pushed what, what showed that it is dead, and its begin. */
  void abandoned(String server, AbandonedPush push) {
    String pid = push.pid().isPresent() ? " by process " + push.pid().getAsLong() : "";
    String what = "push of " + push.file() + pid;
    Instant began = Instant.ofEpochMilli(push.begunMillis());
    String evidence =
        "archiver: "
            + push.archiver()
            + "\nfile: "
            + push.file()
            + "\nbegan: "
            + began
            + "\nwhy: "
            + push.why()
            + "\n\n";
    Supplier<String> surroundings = begun.take(server, push);
    note(
        new Noted(
            Failure.of(
                believed(began),
                Failure.Kind.PUSH,
                server,
                what + " was abandoned: " + push.why(),
                push.archiver() + what),
            () -> evidence + surroundings.get()));
  }

  /**
   * An operator needs a failure's evidence no longer.
   *
   * @return whether it was kept
   */
  boolean forget(String id) {
    try {
      return store.forget(id);
    } catch (IOException e) {
      logger.error("The evidence of {} cannot be removed: {}", id, e.toString());
      return false;
    }
  }

  /** Reads back some of what was noted. */
  void tick() {
    for (int i = 0; i < MOST_IN_ONE_TURN && !noted.isEmpty(); i++) {
      Noted next = noted.removeFirst();
      keep(next.failure, next.surroundings.get());
    }
  }

  /** A record may say any time: one that cannot be is that of now. */
  private Instant believed(@Nullable Instant at) {
    Instant now = clock.instant();
    return at == null || at.isBefore(Instant.EPOCH) || at.isAfter(now.plus(SKEW)) ? now : at;
  }

  private void keep(Failure failure, String evidence) {
    keep(failure, () -> store.keep(failure, evidence));
  }

  private void keep(Failure failure, Keeping keeping) {
    try {
      keeping.run();
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        logger.error("The evidence of {} cannot be kept: {}", failure.id(), e.toString());
      }
      failing = true;
    }
  }

  /** More would not be kept anyway. */
  private void note(Noted failure) {
    noted.addLast(failure);
    if (noted.size() > FailureStore.LIMIT) {
      Failure leaving = FairShare.leaving(noted.stream().map(Noted::failure).toList());
      noted.removeIf(known -> known.failure().equals(leaving));
    }
  }

  private final class Sink implements EventSink {
    private final EventSink next;
    private final String server;
    private final Trail trail;
    private long lastSuccessBytes;

    Sink(EventSink next, String server, Trail trail) {
      this.next = next;
      this.server = server;
      this.trail = trail;
    }

    @Override
    public void event(LogEvent event, Origin origin) {
      next.event(event, origin);
      if (event instanceof LogEvent.Push push) {
        begun.read(server, push, () -> trail.around(lastSuccessBytes, origin.offsetBytes()));
        if (push.state() == PushState.COMPLETE) {
          lastSuccessBytes = origin.offsetBytes();
        }
      } else if (event instanceof LogEvent.ArchiveCommandFailed failed) {
        note(event.at(), Failure.Kind.ARCHIVE_COMMAND, summary(failed), origin);
      } else if (event instanceof LogEvent.Message message
          && message.severity().compareTo(MessageSeverity.ERROR) >= 0) {
        String summary = message.archiver() + " " + message.severity() + ": " + message.text();
        note(event.at(), Failure.Kind.ARCHIVER, summary, origin);
      }
    }

    private void note(@Nullable Instant at, Failure.Kind kind, String summary, Origin origin) {
      String what = Long.toHexString(origin.textHash());
      FailureWatch.this.note(
          new Noted(
              Failure.of(believed(at), kind, server, summary, what),
              trail.around(lastSuccessBytes, origin.offsetBytes())));
    }

    @Override
    public void rejected(Rejection rejection) {
      next.rejected(rejection);
    }
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

  private final class JobFailures implements JobEvents {
    private final JobEvents next;

    JobFailures(JobEvents next) {
      this.next = next;
    }

    @Override
    public boolean isSettled(String run) {
      return next.isSettled(run);
    }

    @Override
    public void running(String run, JobStart start) {
      next.running(run, start);
    }

    @Override
    public void ended(String run, JobStart start, JobEnd end, String output) {
      next.ended(run, start, end, output);
      if (!end.succeeded()) {
        String how = end.timedOut() ? "timed out" : "exit code " + end.exitCode();
        job(run, start, Instant.ofEpochMilli(end.endedMillis()), how, output);
      }
    }

    @Override
    public void lost(String run, JobStart start, String output) {
      next.lost(run, start, output);
      job(run, start, clock.instant(), "lost: its process is gone, no end was recorded", output);
    }

    private void job(String run, JobStart start, Instant at, String how, String output) {
      Failure failure = Failure.ofJob(believed(at), start.job(), how, run);
      String head =
          "command: "
              + start.command()
              + "\nuser: "
              + start.user()
              + "\nstarted: "
              + Instant.ofEpochMilli(start.startedMillis())
              + "\n\n";
      keep(failure, head + output);
    }

    @Override
    public void refused(String run, String job) {
      next.refused(run, job);
    }

    @Override
    public void malformed(String run, String problem) {
      next.malformed(run, problem);
    }

    @Override
    public void spool(@Nullable String problem, long filesLeft) {
      next.spool(problem, filesLeft);
    }
  }
}
