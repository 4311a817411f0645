/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import io.walwatch.agent.jobs.JobSpool.Run;
import java.util.function.Consumer;

/**
 * Something became of a run. Immutable.
 *
 * @param over whether nothing more will come of it
 * @param late whether it comes after what is told of a run to its end
 * @param teller tells it
 */
record JobNews(Run run, boolean over, boolean late, Consumer<JobEvents> teller) {}
