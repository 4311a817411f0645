/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import io.walwatch.agent.files.IoReason;
import io.walwatch.agent.jobs.JobSpool.Run;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Has the spool read elsewhere, and tells what became of each run, once. The files of a run are
 * removed only after what was told is kept ({@link #kept}), so that a crash in between loses
 * nothing. Loop's thread only; never waits.
 */
public final class JobTeller {
  /** Far longer than any disk that works. */
  static final Duration STUCK = Duration.ofSeconds(30);

  private final JobSpool spool;
  private final JobWatch watch;
  private final JobEvents events;
  private final InstantSource clock;
  private final Executor reader;
  private final Runnable waker;
  private final Map<String, Run> over = new LinkedHashMap<>();
  private @Nullable CompletableFuture<SpoolLook> pending;
  private long askedMillis;

  /**
   * Reads nothing yet.
   *
   * @param reader runs one look after the other, on a thread that may be lost
   * @param waker run on that thread when there is something to tell
   */
  public JobTeller(
      JobSpool spool,
      RunningProcesses processes,
      JobEvents events,
      InstantSource clock,
      Executor reader,
      Runnable waker) {
    this.spool = spool;
    this.watch = new JobWatch(spool, processes, clock);
    this.events = events;
    this.clock = clock;
    this.reader = reader;
    this.waker = waker;
  }

  /** Has the spool read, unless that goes on already. */
  public void ask() {
    if (pending == null) {
      askedMillis = clock.millis();
      CompletableFuture<SpoolLook> look = CompletableFuture.supplyAsync(watch::look, reader);
      pending = look;
      CompletableFuture<Void> unused = look.thenAccept(this::wake);
    }
  }

  private void wake(SpoolLook look) {
    if (!look.news().isEmpty()) {
      waker.run();
    }
  }

  /**
   * Tells what was read since.
   *
   * @return whether there is more to ask for at once
   */
  public boolean tell() {
    CompletableFuture<SpoolLook> look = pending;
    if (look == null) {
      return false;
    }
    if (!look.isDone()) {
      tellIfStuck();
      return false;
    }
    pending = null;
    try {
      return tell(look.join());
    } catch (CompletionException e) {
      events.spool(String.valueOf(e.getCause()), 0);
      throw e;
    }
  }

  private boolean tell(SpoolLook look) {
    for (JobNews news : look.news()) {
      if (news.late() || !events.isSettled(news.run().id())) {
        news.teller().accept(events);
      }
      if (news.over()) {
        over.put(news.run().id(), news.run());
      }
    }
    events.spool(look.problem(), look.filesLeft());
    return look.more();
  }

  private void tellIfStuck() {
    long millis = clock.millis() - askedMillis;
    if (millis < 0) {
      askedMillis = clock.millis();
    } else if (millis >= STUCK.toMillis()) {
      events.spool("reading " + spool.directory() + " does not end", 0);
    }
  }

  /**
   * All that was told so far is in the checkpoint: the files of runs that are over may go.
   *
   * @return what could not be removed, for the operator; empty when all is well
   */
  public String kept() {
    String problem = "";
    for (Run run : Map.copyOf(over).values()) {
      try {
        spool.remove(run);
        over.remove(run.id());
      } catch (IOException e) {
        problem = IoReason.withFile(e);
      }
    }
    return problem;
  }
}
