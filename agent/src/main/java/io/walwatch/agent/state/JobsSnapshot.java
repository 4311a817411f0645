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
 * @param rejected runs whose records in the spool are none, or of one job too many
 * @param filesLeft files in the spool that are not looked at, since there are too many
 */
public record JobsSnapshot(
    List<JobSnapshot> jobs,
    boolean watched,
    @Nullable String problem,
    long rejected,
    long filesLeft) {
  public static final JobsSnapshot NONE = new JobsSnapshot(List.of(), false, null, 0, 0);

  public JobsSnapshot {
    jobs = List.copyOf(jobs);
  }
}
