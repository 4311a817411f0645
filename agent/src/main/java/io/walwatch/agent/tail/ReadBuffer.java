/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The one buffer of a stream; what is in it, and its array, are valid until the next read. It is
 * small while little is read at a time: most logs are silent most of the time, and there may be a
 * hundred of them.
 */
final class ReadBuffer {
  /**
   * Large enough that system calls cost nothing, small enough to stay in the second-level cache.
   */
  static final int SIZE_BYTES = 256 * 1024;

  static final int SMALL_BYTES = 8 * 1024;

  /** Small reads one after the other; each look at a log makes one or two. */
  private static final int UNTIL_SMALL = 256;

  private ByteBuffer buffer = ByteBuffer.allocate(SMALL_BYTES);
  private int smallReads;

  byte[] array() {
    return buffer.array();
  }

  /**
   * Fills the buffer from its beginning.
   *
   * @return how many of the {@code length} bytes at {@code offsetBytes} there were
   */
  int fill(LogFile file, long offsetBytes, int length) throws IOException {
    int wanted = Math.min(length, SIZE_BYTES);
    giveBack();
    buffer.clear().limit(Math.min(wanted, buffer.capacity()));
    while (buffer.position() < wanted) {
      if (!buffer.hasRemaining()) {
        buffer = ByteBuffer.allocate(SIZE_BYTES).limit(wanted).put(buffer.flip());
      }
      if (file.read(buffer, offsetBytes + buffer.position()) < 0) {
        break;
      }
    }
    smallReads = buffer.position() < SMALL_BYTES ? smallReads + 1 : 0;
    return buffer.position();
  }

  private void giveBack() {
    if (smallReads >= UNTIL_SMALL && buffer.capacity() > SMALL_BYTES) {
      buffer = ByteBuffer.allocate(SMALL_BYTES);
    }
  }

  /**
   * As {@link #fill}, but what comes before a place that cannot be read is not given up with it,
   * where that is more than so many bytes: the next read fails.
   */
  int fillMoreThan(int enough, LogFile file, long offsetBytes, int length) throws IOException {
    try {
      return fill(file, offsetBytes, length);
    } catch (IOException e) {
      if (buffer.position() > enough) {
        return buffer.position();
      }
      throw e;
    }
  }

  /** Where the first line begins at or behind an offset, or near it. */
  long nextLineStart(LogFile file, long offsetBytes, int maxLineBytes) throws IOException {
    int there = fill(file, offsetBytes - 1, maxLineBytes + 1);
    int newline = Newlines.indexOf(array(), 0, there);
    return newline < 0 ? offsetBytes : offsetBytes + newline;
  }

  /** Where the line begins to which the byte before {@code offsetBytes} belongs, or is near it. */
  long lineStart(LogFile file, long offsetBytes, int maxLineBytes) throws IOException {
    int length = (int) Math.min(offsetBytes, Math.min(maxLineBytes, SIZE_BYTES));
    int there = fill(file, offsetBytes - length, length);
    int newline = Newlines.lastIndexOf(array(), 0, there);
    return newline < 0 && length < offsetBytes ? offsetBytes : offsetBytes - length + newline + 1;
  }
}
