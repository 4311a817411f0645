/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Line;
import java.util.Arrays;

/** Lines that wait until the message before them is over, in their order. */
final class LinesBehind {
  /** A message of which this many lines of others brought no part has no more to come. */
  static final int MAX_LINES = 64;

  /** The same in bytes: the agent lives in a small memory. */
  private static final int MAX_BYTES = 64 * 1024;

  private static final int FIRST_BYTES = 2 * 1024;

  /** What has grown beyond is given back once no line waits. */
  private static final int MAX_SPARE_BYTES = 8 * 1024;

  private final long[] offsets = new long[MAX_LINES];
  private final long[] pids = new long[MAX_LINES];
  private final boolean[] cuts = new boolean[MAX_LINES];
  private final boolean[] outputs = new boolean[MAX_LINES];

  /** Where each line's bytes end, and those of its time, which stand behind them. */
  private final int[] textEnds = new int[MAX_LINES];

  private final int[] timeEnds = new int[MAX_LINES];
  private final ByteSlice time = new ByteSlice();
  private byte[] bytes = new byte[FIRST_BYTES];
  private int count;

  /**
   * Adds a line behind all others. Only while it is not full.
   *
   * @param pid as an outer framing told it, or -1
   * @param isOutput whether the line is known to be none of the server's
   */
  void add(Line line, long pid, ByteSlice lineTime, boolean isOutput) {
    int start = start(count);
    int textEnd = start + line.text().length();
    int timeEnd = textEnd + lineTime.length();
    if (timeEnd > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(timeEnd, 2 * bytes.length));
    }
    copy(line.text(), start);
    copy(lineTime, textEnd);
    textEnds[count] = textEnd;
    timeEnds[count] = timeEnd;
    offsets[count] = line.offsetBytes();
    cuts[count] = line.isCut();
    pids[count] = pid;
    outputs[count] = isOutput;
    count++;
  }

  private void copy(ByteSlice from, int at) {
    System.arraycopy(from.array(), from.start(), bytes, at, from.length());
  }

  /** Whether no more may wait: the message before them is over. */
  boolean isFull() {
    return count == MAX_LINES || start(count) >= MAX_BYTES;
  }

  int count() {
    return count;
  }

  /** Points a line at one of those that wait, until one is added or removed. */
  Line get(int index, Line into) {
    int start = start(index);
    return into.wrap(bytes, start, textEnds[index] - start, offsets[index], cuts[index]);
  }

  /** Its process as an outer framing told it, or -1. */
  long pid(int index) {
    return pids[index];
  }

  /** Its time as an outer framing told it, or empty. */
  ByteSlice time(int index) {
    return time.wrap(bytes, textEnds[index], timeEnds[index] - textEnds[index]);
  }

  boolean isOutput(int index) {
    return outputs[index];
  }

  void remove(int index) {
    int start = start(index);
    int length = timeEnds[index] - start;
    int rest = count - index - 1;
    System.arraycopy(bytes, start + length, bytes, start, start(count) - start - length);
    System.arraycopy(offsets, index + 1, offsets, index, rest);
    System.arraycopy(pids, index + 1, pids, index, rest);
    System.arraycopy(cuts, index + 1, cuts, index, rest);
    System.arraycopy(outputs, index + 1, outputs, index, rest);
    count--;
    for (int i = index; i < count; i++) {
      textEnds[i] = textEnds[i + 1] - length;
      timeEnds[i] = timeEnds[i + 1] - length;
    }
    if (count == 0 && bytes.length > MAX_SPARE_BYTES) {
      bytes = new byte[FIRST_BYTES];
    }
  }

  private int start(int index) {
    return index == 0 ? 0 : timeEnds[index - 1];
  }
}
