/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import org.jspecify.annotations.Nullable;

/**
 * The feed of one generation: made when the first byte comes, and let go when nothing is open in
 * its handler and others need the room.
 */
final class Feeding {
  private @Nullable LineFeed feed;
  private long startOffset;
  private boolean begun;
  private boolean finished;

  /** Nothing is made before it is needed. */
  Feeding(long startOffset) {
    this.startOffset = startOffset;
  }

  /** Next byte to be read. */
  long offset() {
    return feed == null ? startOffset : feed.offset();
  }

  /** Everything before it is in the counters, nothing behind it is. */
  long committedOffset() {
    return feed == null ? startOffset : feed.committedOffset();
  }

  /** Goes on at another byte. Only while there is no feed. */
  void startAt(long offset) {
    startOffset = offset;
  }

  /** The feed; its handler is made anew if it was let go. */
  LineFeed feed(Generation generation, Tailing tailing) {
    if (feed == null) {
      boolean insideLine = startOffset > 0 && !generation.print().tail().endsWithNewline();
      feed = tailing.feed(generation.path(), startOffset, insideLine);
      begun = true;
      finished = false;
    }
    return feed;
  }

  void quiet() {
    if (feed != null) {
      feed.quiet();
    }
  }

  void longQuiet() {
    if (feed != null) {
      feed.longQuiet();
    }
  }

  /** Nothing more is expected: what is open is finished. If more comes, it begins anew. */
  void finish() {
    if (feed != null) {
      feed.end();
      startOffset = feed.offset();
      feed = null;
    }
    finished = true;
  }

  /** Whether a byte was ever read. */
  boolean isBegun() {
    return begun;
  }

  /** Whether it was finished, and not begun again since. */
  boolean isFinished() {
    return finished;
  }

  /** Whether a handler is held. */
  boolean isHeld() {
    return feed != null;
  }

  /** Lets the handler go if nothing is open in it; returns whether none is held any longer. */
  boolean rest() {
    if (feed != null && feed.committedOffset() == feed.offset()) {
      boolean wasFinished = finished;
      finish();
      finished = wasFinished;
    }
    return feed == null;
  }
}
