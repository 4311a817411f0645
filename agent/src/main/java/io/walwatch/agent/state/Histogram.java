/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.Arrays;

/**
 * Durations counted into fixed buckets. Kept here and not in the metrics library, since it has to
 * come back from a checkpoint. Written by the loop only.
 */
final class Histogram {
  private final double[] boundsSeconds;
  private final long[] counts;
  private double sumSeconds;

  /**
   * Starts empty.
   *
   * @param boundsSeconds upper bounds, ascending; one more bucket takes what is above
   */
  Histogram(double... boundsSeconds) {
    this.boundsSeconds = boundsSeconds.clone();
    this.counts = new long[boundsSeconds.length + 1];
  }

  /** Counts one duration; a negative one (clocks differ) counts as 0. */
  void observe(double seconds) {
    double value = Math.max(0, seconds);
    int bucket = 0;
    while (bucket < boundsSeconds.length && value > boundsSeconds[bucket]) {
      bucket++;
    }
    counts[bucket]++;
    sumSeconds += value;
  }

  HistogramSnapshot copy() {
    return new HistogramSnapshot(
        Arrays.stream(boundsSeconds).boxed().toList(),
        Arrays.stream(counts).boxed().toList(),
        sumSeconds);
  }

  void save(Node node) {
    node.put("counts", Arrays.stream(counts).boxed().toList());
    node.put("sum", sumSeconds);
  }

  /** Takes over what was saved, unless the buckets have changed since. */
  void restore(Node node) {
    var saved = node.longsAt("counts");
    if (saved.size() == counts.length) {
      Arrays.setAll(counts, saved::get);
      sumSeconds = node.doubleAt("sum", 0);
    }
  }
}
