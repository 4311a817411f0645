/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.jobs.JobEnd;
import io.walwatch.agent.jobs.JobEvents;
import io.walwatch.agent.jobs.JobStart;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands on what jobs tell, and keeps the output of those that fail. Loop's thread only. */
final class JobFailures implements JobEvents {
  private static final String LOST = "lost: its process is gone, no end was recorded";

  private final JobEvents next;
  private final FailureWatch failures;
  private final InstantSource clock;
  private final Map<String, Lost> lost = new LinkedHashMap<>();

  /** A run whose output may still come: since the start of the agent only. */
  private record Lost(JobStart start, Instant at) {}

  JobFailures(JobEvents next, FailureWatch failures, InstantSource clock) {
    this.next = next;
    this.failures = failures;
    this.clock = clock;
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
    Lost now = new Lost(start, clock.instant());
    if (output.isEmpty()) {
      remember(run, now);
    }
    job(run, start, now.at(), LOST, output);
  }

  private void remember(String run, Lost now) {
    lost.put(run, now);
    if (lost.size() > FailureStore.LIMIT) {
      Iterator<String> oldest = lost.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** In place of the evidence without it, where that is this run's. */
  @Override
  public void outputOfLost(String run, String output) {
    next.outputOfLost(run, output);
    Lost then = lost.remove(run);
    if (then != null) {
      JobStart start = then.start();
      failures.jobWentOn(start.job(), then.at(), LOST, run, head(start) + output);
    }
  }

  private void job(String run, JobStart start, Instant at, String how, String output) {
    failures.jobFailed(start.job(), at, how, run, head(start) + output);
  }

  private static String head(JobStart start) {
    return "command: "
        + start.command()
        + "\nuser: "
        + start.user()
        + "\nstarted: "
        + Instant.ofEpochMilli(start.startedMillis())
        + "\n\n";
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
