/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.jobs.JobEnd;
import io.walwatch.agent.jobs.JobEvents;
import io.walwatch.agent.jobs.JobStart;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Hands on what jobs tell, and keeps the output of those that fail. Loop's thread only. */
final class JobFailures implements JobEvents {
  private final JobEvents next;
  private final FailureWatch failures;
  private final InstantSource clock;

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
    job(run, start, clock.instant(), "lost: its process is gone, no end was recorded", output);
  }

  private void job(String run, JobStart start, Instant at, String how, String output) {
    String head =
        "command: "
            + start.command()
            + "\nuser: "
            + start.user()
            + "\nstarted: "
            + Instant.ofEpochMilli(start.startedMillis())
            + "\n\n";
    failures.jobFailed(start.job(), at, how, run, head + output);
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
