/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.parse.Line;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Cuts the bytes of one generation into lines, wherever the reads happened to end.
 *
 * <p>Only a newline ends a line. A line that lies within one read is handed over where it is; only
 * one that crosses a read is copied. Of a line longer than the limit the beginning is handed over
 * once its end was seen: handing over the rest as a line of its own would let a log's text choose
 * what stands at the beginning of a line.
 */
final class LineSplitter {
  private static final byte[] NOTHING = new byte[0];

  private final int maxLineBytes;
  private final LineHandler handler;
  private final LongConsumer longLine;
  private final LongQueue starts;
  private final Line line = new Line();
  private byte[] open = NOTHING;
  private int openLength;
  private boolean openCut;
  private boolean openOddQuotesLost;
  private long lineStart;
  private long offset;
  private boolean discarding;

  /**
   * Starts in the middle of a stream or at its beginning.
   *
   * @param offset of the first byte that will come
   * @param insideLine whether that byte belongs to a line that began before: its rest is dropped
   * @param starts receives the offset of each line that is handed over
   * @param longLine told the offset of each line that was cut
   */
  LineSplitter(
      long offset,
      boolean insideLine,
      int maxLineBytes,
      LineHandler handler,
      LongQueue starts,
      LongConsumer longLine) {
    this.offset = offset;
    this.lineStart = offset;
    this.discarding = insideLine;
    this.maxLineBytes = maxLineBytes;
    this.handler = handler;
    this.starts = starts;
    this.longLine = longLine;
  }

  /** Next byte that is wanted. */
  long offset() {
    return offset;
  }

  /**
   * First byte that was not handed over: the beginning of the unterminated line, if there is one.
   */
  long lineStart() {
    return lineStart;
  }

  /** Takes the bytes from {@code from} to before {@code to}. */
  void split(byte[] array, int from, int to) {
    int start = offset > lineStart || discarding ? finishOpenLine(array, from, to) : from;
    long base = offset - from;
    while (start < to) {
      int end = Newlines.indexOf(array, start, to);
      if (end < 0) {
        lineStart = base + start;
        keep(array, start, to);
        break;
      }
      handOver(array, start, end - start, base + start, false);
      start = end + 1;
      lineStart = base + start;
    }
    offset = base + to;
  }

  /** Nothing follows: the unterminated line is a line. */
  void flush() {
    if (offset > lineStart && !discarding) {
      handOver(open, 0, openLength, lineStart, openCut);
    }
    startLine(offset);
  }

  /** Says where the line ends that began in an earlier read; returns the index behind it. */
  private int finishOpenLine(byte[] array, int from, int to) {
    int end = Newlines.indexOf(array, from, to);
    int until = end < 0 ? to : end;
    if (!discarding) {
      keep(array, from, until);
    }
    if (end < 0) {
      lineStart = discarding ? offset + (to - from) : lineStart;
      return to;
    }
    if (!discarding) {
      handOver(open, 0, openLength, lineStart, openCut);
    }
    discarding = false;
    startLine(offset + (end + 1 - from));
    return end + 1;
  }

  private void startLine(long at) {
    lineStart = at;
    openLength = 0;
    openCut = false;
    openOddQuotesLost = false;
  }

  private void keep(byte[] array, int start, int to) {
    int from = openLength == 0 ? skipZeros(array, start, to) : start;
    int length = Math.min(to - from, maxLineBytes - openLength);
    openCut |= length < to - from;
    openOddQuotesLost ^= hasOddQuotes(array, from + length, to);
    if (openLength + length > open.length) {
      open = Arrays.copyOf(open, Math.min(maxLineBytes, Math.max(256, 2 * (openLength + length))));
    }
    System.arraycopy(array, from, open, openLength, length);
    openLength += length;
  }

  private void handOver(byte[] array, int start, int length, long at, boolean wasCut) {
    int from = skipZeros(array, start, start + length);
    int rest = start + length - from;
    boolean cut = wasCut || rest > maxLineBytes;
    starts.add(at);
    if (cut) {
      longLine.accept(at);
    }
    int kept = Math.min(rest, maxLineBytes);
    boolean odd = openOddQuotesLost ^ hasOddQuotes(array, from + kept, from + rest);
    handler.line(line.wrap(array, from, kept, at, cut).withOddQuotesLost(odd));
  }

  private static boolean hasOddQuotes(byte[] array, int from, int to) {
    boolean odd = false;
    for (int i = from; i < to; i++) {
      odd ^= array[i] == '"';
    }
    return odd;
  }

  /**
   * A file that was truncated under a writer without O_APPEND begins with zeros up to the writer's
   * old offset; they are nobody's text.
   */
  private static int skipZeros(byte[] array, int from, int to) {
    int i = from;
    while (i < to && array[i] == 0) {
      i++;
    }
    return i;
  }
}
