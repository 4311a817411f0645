/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.util.Arrays;
import java.util.function.Consumer;

/** The simplest thing that cuts chunks of bytes into lines, to feed pipelines in tests. */
public final class LineSplitter {
  private final Consumer<Line> consumer;
  private final Line line = new Line();
  private byte[] pending = new byte[0];
  private long offsetBytes;

  public LineSplitter(Consumer<Line> consumer) {
    this.consumer = consumer;
  }

  /** Takes the next chunk. */
  public void accept(byte[] bytes, int start, int length) {
    int from = start;
    for (int i = start; i < start + length; i++) {
      if (bytes[i] == '\n') {
        add(bytes, from, i);
        emit(1);
        from = i + 1;
      }
    }
    add(bytes, from, start + length);
  }

  /** The stream is over: a last line without an end is a line. */
  public void end() {
    if (pending.length > 0) {
      emit(0);
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

  private void emit(int lineEndLength) {
    byte[] text = pending;
    pending = new byte[0];
    long start = offsetBytes;
    offsetBytes += text.length + lineEndLength;
    consumer.accept(line.wrap(text, 0, text.length, start, false));
  }
}
