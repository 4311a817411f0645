/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.jobs.JobEnd;
import io.walwatch.agent.jobs.JobStart;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** What is known about one job. Written by the loop only. */
final class JobState {
  private final String name;
  private final Counts<JobCount> counts = new Counts<>(JobCount.class);
  private final Set<String> running = new HashSet<>();
  private OptionalLong lastStartMillis = OptionalLong.empty();
  private OptionalLong lastSuccessMillis = OptionalLong.empty();
  private OptionalLong lastFailureMillis = OptionalLong.empty();
  private OptionalLong lastDurationMillis = OptionalLong.empty();
  private OptionalLong lastExitCode = OptionalLong.empty();
  private OptionalLong lastEndMillis = OptionalLong.empty();
  private OptionalLong expectedEveryMillis = OptionalLong.empty();

  JobState(String name) {
    this.name = name;
  }

  void expect(OptionalLong everyMillis) {
    expectedEveryMillis = everyMillis;
  }

  void running(String run, JobStart start) {
    running.add(run);
    lastStartMillis = later(lastStartMillis, start.startedMillis());
  }

  void ended(String run, JobStart start, JobEnd end) {
    running.remove(run);
    long millis = end.endedMillis();
    if (end.succeeded()) {
      counts.increment(JobCount.SUCCESS);
      lastSuccessMillis = later(lastSuccessMillis, millis);
    } else {
      counts.increment(JobCount.FAILURE);
      lastFailureMillis = later(lastFailureMillis, millis);
    }
    // Runs are read in the order of their names after an absence; the newest end counts.
    if (millis >= lastEndMillis.orElse(millis)) {
      lastEndMillis = OptionalLong.of(millis);
      lastDurationMillis = OptionalLong.of(Math.max(0, millis - start.startedMillis()));
      lastExitCode = OptionalLong.of(end.exitCode());
    }
  }

  void lost(String run, long nowMillis) {
    running.remove(run);
    counts.increment(JobCount.LOST);
    lastFailureMillis = later(lastFailureMillis, nowMillis);
  }

  void refused() {
    counts.increment(JobCount.REFUSED);
  }

  private static OptionalLong later(OptionalLong known, long millis) {
    return OptionalLong.of(Math.max(millis, known.orElse(millis)));
  }

  JobSnapshot copy() {
    return new JobSnapshot(
        name,
        running.size(),
        counts.copy(),
        lastStartMillis,
        lastSuccessMillis,
        lastFailureMillis,
        lastDurationMillis,
        lastExitCode,
        expectedEveryMillis);
  }

  void save(Node node) {
    counts.save(node.add("counts"));
    node.put("lastStart", lastStartMillis);
    node.put("lastSuccess", lastSuccessMillis);
    node.put("lastFailure", lastFailureMillis);
    node.put("lastDuration", lastDurationMillis);
    node.put("lastExitCode", lastExitCode);
    node.put("lastEnd", lastEndMillis);
  }

  void restore(Node node, boolean withCounters) {
    if (withCounters) {
      counts.restore(node.at("counts"));
    }
    lastStartMillis = node.longAt("lastStart");
    lastSuccessMillis = node.longAt("lastSuccess");
    lastFailureMillis = node.longAt("lastFailure");
    lastDurationMillis = node.longAt("lastDuration");
    lastExitCode = node.longAt("lastExitCode");
    lastEndMillis = node.longAt("lastEnd");
  }
}
