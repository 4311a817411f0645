/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.jobs.JobEnd;
import io.walwatch.agent.jobs.JobStart;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** What is known about one job. Written by the loop only. */
final class JobState {
  private final String name;
  private final Counts<JobCount> counts = new Counts<>(JobCount.class);
  private final Set<String> running = new HashSet<>();
  private final InstantSource clock;
  private final LastTime lastStart;
  private final LastTime lastSuccess;
  private final LastTime lastFailure;
  private final LastTime lastEnd;
  private OptionalLong lastDurationMillis = OptionalLong.empty();
  private OptionalLong lastExitCode = OptionalLong.empty();
  private OptionalLong expectedEveryMillis = OptionalLong.empty();
  private OptionalLong expectedSinceMillis = OptionalLong.empty();

  JobState(String name, InstantSource clock) {
    this.name = name;
    this.clock = clock;
    this.lastStart = new LastTime(clock);
    this.lastSuccess = new LastTime(clock);
    this.lastFailure = new LastTime(clock);
    this.lastEnd = new LastTime(clock);
  }

  void expect(Duration every) {
    expectedEveryMillis = OptionalLong.of(every.toMillis());
    if (expectedSinceMillis.isEmpty()) {
      expectedSinceMillis = OptionalLong.of(clock.millis());
    }
  }

  void expectNoLonger() {
    expectedEveryMillis = OptionalLong.empty();
    expectedSinceMillis = OptionalLong.empty();
  }

  boolean isExpected() {
    return expectedEveryMillis.isPresent();
  }

  void running(String run, JobStart start) {
    running.add(run);
    lastStart.happened(past(start.startedMillis()));
  }

  void ended(String run, JobStart start, JobEnd end) {
    running.remove(run);
    long millis = past(end.endedMillis());
    if (end.succeeded()) {
      counts.increment(JobCount.SUCCESS);
      lastSuccess.happened(millis);
    } else {
      counts.increment(JobCount.FAILURE);
      lastFailure.happened(millis);
    }
    // Runs are read in the order of their names after an absence; the newest end counts.
    if (millis >= lastEnd.millis().orElse(millis)) {
      lastEnd.happened(millis);
      lastDurationMillis = OptionalLong.of(Math.max(0, millis - past(start.startedMillis())));
      lastExitCode = OptionalLong.of(end.exitCode());
    }
  }

  void lost(String run) {
    running.remove(run);
    counts.increment(JobCount.LOST);
    lastFailure.happened(clock.millis());
  }

  void refused() {
    counts.increment(JobCount.REFUSED);
  }

  /** The wrapper's clock is ours: what it wrote while that was ahead happened by now. */
  private long past(long millis) {
    return Math.min(millis, clock.millis());
  }

  JobSnapshot copy() {
    return new JobSnapshot(
        name,
        running.size(),
        counts.copy(),
        lastStart.millis(),
        lastSuccess.millis(),
        lastFailure.millis(),
        lastDurationMillis,
        lastExitCode,
        expectedEveryMillis,
        expectedSinceMillis);
  }

  /** A start of the agent does not begin the wait anew. */
  private void restoreExpectation(OptionalLong sinceMillis) {
    if (isExpected() && sinceMillis.isPresent()) {
      expectedSinceMillis = OptionalLong.of(past(sinceMillis.getAsLong()));
    }
  }

  void save(Node node) {
    counts.save(node.add("counts"));
    lastStart.save(node, "lastStart");
    lastSuccess.save(node, "lastSuccess");
    lastFailure.save(node, "lastFailure");
    node.put("lastDuration", lastDurationMillis);
    node.put("lastExitCode", lastExitCode);
    lastEnd.save(node, "lastEnd");
    node.put("expectedSince", expectedSinceMillis);
  }

  void restore(Node node, boolean withCounters) {
    if (withCounters) {
      counts.restore(node.at("counts"));
    }
    lastStart.restore(node, "lastStart");
    lastSuccess.restore(node, "lastSuccess");
    lastFailure.restore(node, "lastFailure");
    lastDurationMillis = node.longAt("lastDuration");
    lastExitCode = node.longAt("lastExitCode");
    lastEnd.restore(node, "lastEnd");
    restoreExpectation(node.longAt("expectedSince"));
  }
}
