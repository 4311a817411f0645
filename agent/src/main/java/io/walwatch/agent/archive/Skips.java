/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Segments of which a log said that they were skipped. What it says before the queue was read for
 * the first time waits: what is restored then knows nothing of it. Loop's thread only.
 */
final class Skips {
  /** A skip is rare, and an archive_status that cannot be read is mended within days. */
  private static final int MOST_WAITING = 10_000;

  private final HandedOver handedOver;
  private final Set<Long> waiting = new LinkedHashSet<>();
  private boolean started;

  Skips(HandedOver handedOver) {
    this.handedOver = handedOver;
  }

  void add(long key) {
    if (started) {
      handedOver.skipped(key);
    } else if (waiting.size() < MOST_WAITING) {
      waiting.add(key);
    }
  }

  /** The queue is known again. */
  void start() {
    started = true;
    waiting.forEach(handedOver::skipped);
    waiting.clear();
  }
}
