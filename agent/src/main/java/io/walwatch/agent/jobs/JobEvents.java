/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

/** Told what became of jobs, each run once. Called on the loop's thread only. */
public interface JobEvents {
  /** Whether a run was told of to its end already, before a restart perhaps. */
  boolean isSettled(String run);

  /** A run goes on; told once for each run and each start of the agent. */
  void running(String run, JobStart start);

  /**
   * A run ended.
   *
   * @param output the end of what it wrote, unmasked
   */
  void ended(String run, JobStart start, JobEnd end, String output);

  /** The wrapper of a run is gone and has left no end: killed, or the machine went down. */
  void lost(String run, JobStart start, String output);

  /** The output of a run that was told of as lost, without any, has come. */
  void outputOfLost(String run, String output);

  /** A run did not start, since another one of the job had not ended. */
  void refused(String run, String job);

  /** A run has left something that cannot be read. */
  void malformed(String run, String problem);

  /** Whether the spool can be read; null when it can. */
  void spool(@org.jspecify.annotations.Nullable String problem, long filesLeft);
}
