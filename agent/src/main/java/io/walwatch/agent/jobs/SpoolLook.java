/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look into the spool has found. Immutable.
 *
 * @param problem what could not be read and will be tried again; null when all could
 * @param filesLeft files that were not looked at, since there are too many
 * @param more whether the look ended before all was read
 */
record SpoolLook(List<JobNews> news, @Nullable String problem, long filesLeft, boolean more) {
  SpoolLook {
    news = List.copyOf(news);
  }

  static SpoolLook failed(String problem) {
    return new SpoolLook(List.of(), problem, 0, false);
  }
}
