/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.List;

/**
 * A histogram at one moment. Immutable.
 *
 * @param boundsSeconds upper bounds, ascending
 * @param counts observations in each bucket (not cumulated), one more than there are bounds
 */
public record HistogramSnapshot(List<Double> boundsSeconds, List<Long> counts, double sumSeconds) {
  public HistogramSnapshot {
    boundsSeconds = List.copyOf(boundsSeconds);
    counts = List.copyOf(counts);
  }
}
