/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.util.function.LongSupplier;

/**
 * Lines of a stream that has no file to go back to. Their offsets count from the start of this run.
 */
final class PushedLines {
  private final LineFeed feed;
  private final TailLimits limits;
  private final LongSupplier nanoClock;
  private long activeNanos;

  PushedLines(
      String name,
      TailLimits limits,
      LineHandlers handlers,
      TailEvents events,
      LongSupplier nanoClock) {
    this.feed = new LineFeed(name, 0, false, limits.maxLineBytes(), handlers, events);
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.activeNanos = nanoClock.getAsLong();
  }

  void accept(byte[] array, int from, int to) {
    feed.accept(array, from, to);
    activeNanos = nanoClock.getAsLong();
  }

  /** To be called at each look, so that open records are finished when nothing more comes. */
  void settle() {
    long idleNanos = nanoClock.getAsLong() - activeNanos;
    if (idleNanos >= limits.quiet().toNanos()) {
      feed.quiet();
    }
    if (idleNanos >= limits.lateWriter().toNanos()) {
      feed.longQuiet();
    }
  }

  long offset() {
    return feed.offset();
  }

  long committedOffset() {
    return feed.committedOffset();
  }

  void finish() {
    feed.end();
  }
}
