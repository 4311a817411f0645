/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about jobs, at one moment. Immutable.
 *
 * @param jobs sorted by name
 * @param watched whether there is a spool to look into
 * @param problem why the spool cannot be read; null when it can
 * @param rejected files in the spool that are no records, or above a limit
 */
public record JobsSnapshot(
    List<JobSnapshot> jobs, boolean watched, @Nullable String problem, long rejected) {
  public static final JobsSnapshot NONE = new JobsSnapshot(List.of(), false, null, 0);

  public JobsSnapshot {
    jobs = List.copyOf(jobs);
  }
}
