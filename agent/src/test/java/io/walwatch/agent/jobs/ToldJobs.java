/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a watch told, one line each. */
final class ToldJobs implements JobEvents {
  final List<String> said = new ArrayList<>();
  private final Set<String> settled = new HashSet<>();
  @Nullable String problem;
  long filesLeft;

  @Override
  public boolean isSettled(String run) {
    return settled.contains(run);
  }

  @Override
  public void running(String run, JobStart start) {
    said.add("running " + start.job());
  }

  @Override
  public void ended(String run, JobStart start, JobEnd end, String output) {
    settled.add(run);
    long millis = end.endedMillis() - start.startedMillis();
    said.add(
        "ended " + start.job() + " " + end.exitCode() + " after " + millis + ": " + output.strip());
  }

  @Override
  public void lost(String run, JobStart start, String output) {
    settled.add(run);
    said.add("lost " + start.job());
  }

  @Override
  public void outputOfLost(String run, String output) {
    said.add("late " + output.strip());
  }

  @Override
  public void refused(String run, String job) {
    settled.add(run);
    said.add("refused " + job);
  }

  @Override
  public void malformed(String run, String why) {
    settled.add(run);
    said.add("malformed " + why);
  }

  @Override
  public void spool(@Nullable String why, long filesLeft) {
    problem = why;
    this.filesLeft = filesLeft;
  }
}
