/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a log says of segments: a skipped one was never stored, a pushed one was. What it says
 * before the queue was read for the first time waits: what is restored then knows nothing of it.
 * Loop's thread only.
 */
final class Told {
  /** An archive_status that cannot be read is mended within days. */
  private static final int MOST_WAITING = 10_000;

  private enum Word {
    SKIPPED,
    PUSHED
  }

  private final HandedOver handedOver;
  private final Map<Long, Word> waiting = new LinkedHashMap<>();
  private boolean started;

  Told(HandedOver handedOver) {
    this.handedOver = handedOver;
  }

  void skipped(long key) {
    add(key, Word.SKIPPED);
  }

  void pushed(long key) {
    add(key, Word.PUSHED);
  }

  private void add(long key, Word word) {
    if (key == SegmentKey.NONE) {
      return;
    }
    if (started) {
      tell(key, word);
    } else if (waiting.size() < MOST_WAITING) {
      waiting.put(key, word);
    }
  }

  private void tell(long key, Word word) {
    switch (word) {
      case SKIPPED -> handedOver.skipped(key);
      case PUSHED -> handedOver.pushed(key);
    }
  }

  /** The queue is known again. */
  void start() {
    started = true;
    waiting.forEach(this::tell);
    waiting.clear();
  }
}
