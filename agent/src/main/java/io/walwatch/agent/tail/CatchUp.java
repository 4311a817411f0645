/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.util.List;

/**
 * Bounds what a stream has to read when it is opened: of what lies unread the oldest is skipped,
 * whole lines of it, and counted as lost.
 */
final class CatchUp {
  private static final String WHY = "it lies further behind than limits.catch_up";

  private final Tailing tailing;
  private final List<Generation> generations;
  private final Succession succession;

  CatchUp(Tailing tailing, List<Generation> generations, Succession succession) {
    this.tailing = tailing;
    this.generations = generations;
    this.succession = succession;
  }

  /** Skips what is too much; to be called before anything is read. */
  void bound() {
    if (tailing.limits().catchUpBytes() == TailLimits.UNLIMITED) {
      return;
    }
    // What is only a copy is not read; with an offset it would be taken for something else.
    generations.stream().filter(generation -> generation.offset() == 0).forEach(succession::isCopy);
    long excess = -tailing.limits().catchUpBytes();
    for (Generation generation : generations) {
      excess += generation.lagBytes();
    }
    for (Generation generation : generations) {
      if (excess > 0) {
        excess -= skip(generation, Math.min(excess, generation.lagBytes()));
      }
    }
  }

  /** Skips so many bytes, and the rest of the line in which they end. */
  private long skip(Generation generation, long bytes) {
    LogFile file = generation.file();
    if (file == null || bytes == 0) {
      return 0;
    }
    String path = generation.path().toString();
    try {
      long from = generation.offset();
      int longest = tailing.limits().maxLineBytes();
      long to = tailing.buffer().nextLineStart(file, from + bytes, longest);
      generation.skipTo(file, to, tailing.buffer());
      tailing.events().lost(path, to - from, WHY);
      return to - from;
    } catch (IOException e) {
      tailing.readTroubles().failed(generation.key(), generation.name(), e);
      return 0;
    }
  }
}
