/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.jobs.JobEnd;
import io.walwatch.agent.jobs.JobEvents;
import io.walwatch.agent.jobs.JobStart;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about jobs. A job that is not configured is known by its first run, and stays known
 * until it is forgotten. Written by the loop only.
 */
public final class JobsState implements JobEvents {
  /** Any user may name a job by running one; above this, runs of new names are rejected. */
  static final int MOST_JOBS = 500;

  /** More than the spool's listing holds, so that none leaves while its files are there. */
  private static final int MOST_SETTLED = 20_000;

  private final Changes changes;
  private final InstantSource clock;
  private final SortedMap<String, JobState> jobs = new TreeMap<>();
  private final Set<String> settled = new LinkedHashSet<>();
  private @Nullable String problem;
  private boolean watched;
  private long rejected;

  JobsState(Changes changes, InstantSource clock) {
    this.changes = changes;
    this.clock = clock;
  }

  /** Replaces what is expected: a configured job's series exist before its first run. */
  public void expect(Map<String, Duration> everyByName) {
    jobs.values().forEach(job -> job.expect(OptionalLong.empty()));
    everyByName.forEach(
        (name, every) ->
            jobs.computeIfAbsent(name, JobState::new).expect(OptionalLong.of(every.toMillis())));
    changes.note();
  }

  private @Nullable JobState job(String name) {
    if (jobs.size() >= MOST_JOBS && !jobs.containsKey(name)) {
      return null;
    }
    return jobs.computeIfAbsent(name, JobState::new);
  }

  private @Nullable JobState settle(String run, String name) {
    settled.add(run);
    if (settled.size() > MOST_SETTLED) {
      settled.remove(settled.iterator().next());
    }
    changes.note();
    JobState job = job(name);
    if (job == null) {
      rejected++;
    }
    return job;
  }

  @Override
  public boolean isSettled(String run) {
    return settled.contains(run);
  }

  @Override
  public void running(String run, JobStart start) {
    changes.note();
    JobState job = job(start.job());
    if (job != null) {
      job.running(run, start);
    }
  }

  @Override
  public void ended(String run, JobStart start, JobEnd end, String output) {
    JobState job = settle(run, start.job());
    if (job != null) {
      job.ended(run, start, end);
    }
  }

  @Override
  public void lost(String run, JobStart start, String output) {
    JobState job = settle(run, start.job());
    if (job != null) {
      job.lost(run, clock.millis());
    }
  }

  @Override
  public void refused(String run, String name) {
    JobState job = settle(run, name);
    if (job != null) {
      job.refused();
    }
  }

  @Override
  public void malformed(String run, String why) {
    settled.add(run);
    rejected++;
    changes.note();
  }

  @Override
  public void spool(@Nullable String why, long filesLeft) {
    problem = why;
    watched = true;
  }

  JobsSnapshot copy() {
    return new JobsSnapshot(
        jobs.values().stream().map(JobState::copy).toList(), watched, problem, rejected);
  }

  void save(Node node) {
    Node saved = node.add("byName");
    jobs.forEach((name, job) -> job.save(saved.add(name)));
    node.put("settled", List.copyOf(settled));
    node.put("rejected", rejected);
  }

  void restore(Node node, boolean withCounters) {
    Node saved = node.at("byName");
    for (String name : saved.names()) {
      JobState job = job(name);
      if (job != null) {
        job.restore(saved.at(name), withCounters);
      }
    }
    settled.addAll(node.stringsAt("settled"));
    if (withCounters) {
      rejected = node.longAt("rejected", 0);
    }
  }
}
