/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.jobs.JobEnd;
import io.walwatch.agent.jobs.JobEvents;
import io.walwatch.agent.jobs.JobStart;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about jobs. A job that is not configured is known by its first run, and stays known
 * until an operator has it forgotten. Written by the loop only.
 */
public final class JobsState implements JobEvents {
  /** Any user may name a job by running one; above this, runs of new names are rejected. */
  static final int MOST_JOBS = 500;

  private final Changes changes;
  private final InstantSource clock;
  private final SortedMap<String, JobState> jobs = new TreeMap<>();
  private final SettledRuns settled = new SettledRuns();
  private @Nullable String problem;
  private boolean watched;
  private long rejected;
  private long filesLeft;

  JobsState(Changes changes, InstantSource clock) {
    this.changes = changes;
    this.clock = clock;
  }

  /** Replaces what is expected: a configured job's series exist before its first run. */
  public void expect(Map<String, Duration> everyByName) {
    jobs.forEach(
        (name, job) -> {
          if (!everyByName.containsKey(name)) {
            job.expectNoLonger();
          }
        });
    everyByName.forEach((name, every) -> jobs.computeIfAbsent(name, this::newJob).expect(every));
    changes.note();
  }

  private JobState newJob(String name) {
    return new JobState(name, clock);
  }

  private @Nullable JobState job(String name) {
    if (jobs.size() >= MOST_JOBS && !jobs.containsKey(name)) {
      return null;
    }
    return jobs.computeIfAbsent(name, this::newJob);
  }

  /**
   * An operator says that a job is run no more.
   *
   * @return whether it was known; one that is configured stays
   */
  public boolean forget(String name) {
    JobState job = jobs.get(name);
    if (job == null || job.isExpected()) {
      return false;
    }
    jobs.remove(name);
    changes.note();
    return true;
  }

  private @Nullable JobState settle(String run, String name) {
    settled.add(run);
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
      job.lost(run);
    }
  }

  /** It is evidence, and changes nothing. */
  @Override
  public void outputOfLost(String run, String output) {}

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
  public void spool(@Nullable String why, long left) {
    if (!watched || !Objects.equals(problem, why) || filesLeft != left) {
      changes.note();
    }
    problem = why;
    filesLeft = left;
    watched = true;
  }

  JobsSnapshot copy() {
    return new JobsSnapshot(
        jobs.values().stream().map(JobState::copy).toList(), watched, problem, rejected, filesLeft);
  }

  void save(Node node) {
    Node saved = node.add("byName");
    jobs.forEach((name, job) -> job.save(saved.add(name)));
    settled.save(node);
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
    settled.restore(node);
    if (withCounters) {
      rejected = node.longAt("rejected", 0);
    }
  }
}
