/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/**
 * One generation's bytes on their way to its handler, and the account of what is done with.
 *
 * <p>A byte is committed when its line was handed over and lies before everything that the handler
 * still holds open. Only then it is told, and only then the offset moves, so that the counters and
 * the offset of one checkpoint always belong together.
 */
final class LineFeed {
  private final LineHandler handler;
  private final TailEvents events;
  private final LongQueue uncommitted = new LongQueue();
  private final LineSplitter splitter;
  private long committedOffset;
  private boolean quietTold = true;
  private boolean longQuietTold = true;
  private boolean ended;

  LineFeed(
      String name,
      long offset,
      boolean insideLine,
      int maxLineBytes,
      LineHandlers handlers,
      TailEvents events) {
    this.handler = handlers.open(name);
    this.events = events;
    this.committedOffset = offset;
    this.splitter =
        new LineSplitter(
            offset,
            insideLine,
            maxLineBytes,
            handler,
            uncommitted,
            lineStart -> events.longLine(name, lineStart));
  }

  /** Next byte that is wanted. */
  long offset() {
    return splitter.offset();
  }

  /** Everything before it is in the counters, nothing behind it is. */
  long committedOffset() {
    return committedOffset;
  }

  void accept(byte[] array, int from, int to) {
    splitter.split(array, from, to);
    quietTold = false;
    longQuietTold = false;
    commit(handler.pendingOffsetBytes());
  }

  /** Tells the handler, once after each arrival of bytes, that no more came for a moment. */
  void quiet() {
    if (!quietTold) {
      quietTold = true;
      handler.quiet();
      commit(handler.pendingOffsetBytes());
    }
  }

  /** As {@link #quiet}, once more, when nothing came for much longer. */
  void longQuiet() {
    if (!longQuietTold) {
      longQuietTold = true;
      handler.longQuiet();
      commit(handler.pendingOffsetBytes());
    }
  }

  /** Nothing follows: all that is open is finished. */
  void end() {
    if (!ended) {
      ended = true;
      splitter.flush();
      handler.end();
      commit(Long.MAX_VALUE);
    }
  }

  private void commit(long pendingOffset) {
    long until = Math.min(splitter.lineStart(), pendingOffset);
    if (until > committedOffset) {
      int lines = uncommitted.removeBelow(until);
      long bytes = until - committedOffset;
      committedOffset = until;
      events.committed(bytes, lines);
    }
  }
}
