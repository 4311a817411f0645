/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import java.util.Map;

/**
 * Completed pushes that were counted.
 *
 * @param distinct different ones
 * @param twice how often one was counted that had been counted before
 */
record Tally(long distinct, long twice) {
  /** Of how often each segment was counted. */
  static Tally of(Map<String, Long> counts) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    return new Tally(counts.size(), total - counts.size());
  }
}
