/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts chunks of bytes into lines, to feed pipelines in tests. Like the agent it hands over a line
 * that lies within one chunk where it is, between the bytes of others, and copies only one that
 * does not.
 */
public final class LineSplitter {
  private final Consumer<Line> consumer;
  private final boolean copies;
  private final Line line = new Line();
  private byte[] pending = new byte[0];
  private long offsetBytes;

  public LineSplitter(Consumer<Line> consumer) {
    this(consumer, false);
  }

  /**
   * @param copies whether each line is handed over alone, as a copy
   */
  LineSplitter(Consumer<Line> consumer, boolean copies) {
    this.consumer = consumer;
    this.copies = copies;
  }

  /** Takes the next chunk. */
  public void accept(byte[] bytes, int start, int length) {
    int from = start;
    for (int i = start; i < start + length; i++) {
      if (bytes[i] == '\n') {
        if (pending.length == 0 && !copies) {
          emit(bytes, from, i - from, 1);
        } else {
          add(bytes, from, i);
          emitPending(1);
        }
        from = i + 1;
      }
    }
    add(bytes, from, start + length);
  }

  /** The stream is over: a last line without an end is a line. */
  public void end() {
    if (pending.length > 0) {
      emitPending(0);
    }
  }

  /** First byte that was not handed over. */
  public long offsetBytes() {
    return offsetBytes;
  }

  private void add(byte[] bytes, int from, int to) {
    int length = pending.length;
    pending = Arrays.copyOf(pending, length + to - from);
    System.arraycopy(bytes, from, pending, length, to - from);
  }

  private void emitPending(int lineEndLength) {
    byte[] text = pending;
    pending = new byte[0];
    emit(text, 0, text.length, lineEndLength);
  }

  private void emit(byte[] array, int from, int length, int lineEndLength) {
    long start = offsetBytes;
    offsetBytes += length + lineEndLength;
    consumer.accept(line.wrap(array, from, length, start, false));
  }
}
