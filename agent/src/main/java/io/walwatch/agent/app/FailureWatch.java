/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.app.NotedFailures.Noted;
import io.walwatch.agent.evidence.Excerpt;
import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.evidence.Trail;
import io.walwatch.agent.files.IoReason;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.jobs.JobEvents;
import io.walwatch.agent.state.AbandonedPush;
import io.walwatch.agent.state.EvidenceBound;
import io.walwatch.agent.state.Node;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
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

  /** Between two tries where the disk does not take it. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** Clocks that differ by less are taken for right. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final FailureStore store;
  private final InstantSource clock;
  private final BegunPushes begun = new BegunPushes();
  private final NotedFailures noted = new NotedFailures();
  private boolean failing;
  private long failedMillis;

  FailureWatch(FailureStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Reads what an earlier run has kept. Where that fails, failures are still tried to be kept. */
  void open() {
    try {
      store.open();
    } catch (IOException e) {
      logger.error("The evidence of failures cannot be kept: {}", IoReason.withFile(e));
    }
  }

  /** A sink that hands everything on, and notes failures. */
  EventSink around(EventSink sink, String server, Trail trail) {
    return new FailureSink(sink, server, trail, this);
  }

  /** The same for jobs. */
  JobEvents around(JobEvents events) {
    return new JobFailures(events, this, clock);
  }

  /**
   * A set of backups cannot be listed: the evidence is what its command wrote on stderr, the last
   * time. It is one failure until a look works.
   */
  void listing(String set, long sinceMillis, Look look) {
    Instant at = believed(Instant.ofEpochMilli(sinceMillis));
    Failure failure = Failure.ofListing(at, set, look.problem());
    keep(new Noted(failure, Excerpt.of(look.output()), true));
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
    Failure failure =
        Failure.of(
            believed(began),
            Failure.Kind.PUSH,
            server,
            what + " was abandoned: " + push.why(),
            push.archiver() + what);
    noted.add(new Noted(failure, begun.take(server, push).below(evidence), false));
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
      logger.error("The evidence of {} cannot be removed: {}", id, IoReason.withFile(e));
      return false;
    }
  }

  /** A push was read: where it is given up later, the evidence is what stands around its begin. */
  void read(String server, LogEvent.Push push, Supplier<Excerpt> surroundings) {
    begun.read(server, push, surroundings);
  }

  /**
   * A log tells of a failure.
   *
   * @param at when it happened, as the log says
   * @param what tells it from others of its kind and time
   * @param around what stands around it
   */
  void failed(
      @Nullable Instant at,
      Failure.Kind kind,
      String server,
      String summary,
      String what,
      Excerpt around) {
    Failure failure = Failure.of(believed(at), kind, server, summary, what);
    noted.add(new Noted(failure, around, false));
  }

  /** A job has failed: its output is the evidence. */
  void jobFailed(String job, Instant at, String how, String run, String evidence) {
    keep(new Noted(Failure.ofJob(believed(at), job, how, run), Excerpt.of(evidence), false));
  }

  /** There is more of a job that has failed, with the same instant and words. */
  void jobWentOn(String job, Instant at, String how, String run, String evidence) {
    keep(new Noted(Failure.ofJob(believed(at), job, how, run), Excerpt.of(evidence), true));
  }

  /** Reads back some of what was noted. What cannot be kept is tried again, and not at once. */
  void tick() {
    if (failing && Math.abs(clock.millis() - failedMillis) < RETRY.toMillis()) {
      return;
    }
    boolean kept = true;
    for (int i = 0; i < MOST_IN_ONE_TURN && kept && !noted.isEmpty(); i++) {
      kept = keep(noted.take());
    }
  }

  /**
   * Reads back what was noted, before the agent ends: what is left after this time is in the last
   * checkpoint ({@link #save}).
   */
  void finish(Duration most) {
    long deadlineMillis = clock.millis() + most.toMillis();
    boolean kept = true;
    while (kept && !noted.isEmpty() && clock.millis() < deadlineMillis) {
      kept = keep(noted.take());
    }
  }

  /** Writes what was noted and is not kept yet: the logs are read on from behind it. */
  void save(Node node) {
    noted.save(node.add("failures"));
  }

  /** Takes over what an earlier run noted and could not keep. */
  void restore(Node node) {
    noted.restore(node.at("failures"));
  }

  /** A record may say any time: one that cannot be is that of now. */
  private Instant believed(@Nullable Instant at) {
    Instant now = clock.instant();
    return at == null || at.isBefore(Instant.EPOCH) || at.isAfter(now.plus(SKEW)) ? now : at;
  }

  /** Keeps a failure, or notes it for later where that fails. */
  private boolean keep(Noted failure) {
    try {
      String evidence = failure.around().read();
      if (failure.goesOn()) {
        store.keepNewest(failure.failure(), evidence);
        noted.remove(failure.failure().id());
      } else {
        store.keep(failure.failure(), evidence);
      }
      failing = false;
      return true;
    } catch (IOException e) {
      if (!failing) {
        logger.error(
            "The evidence of {} cannot be kept, and is tried again: {}",
            failure.failure().id(),
            IoReason.withFile(e));
      }
      failing = true;
      failedMillis = clock.millis();
      noted.add(failure);
      return false;
    }
  }

  /** Times a bound was reached, since the start. */
  Map<EvidenceBound, Long> limited() {
    return Map.of(EvidenceBound.FAILURES, noted.left(), EvidenceBound.BEGINS, begun.forgotten());
  }
}
