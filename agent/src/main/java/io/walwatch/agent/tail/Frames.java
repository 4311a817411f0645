/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.util.Arrays;

/**
 * Makes one line of each message, whatever it holds: control characters become {@code #ooo}, as
 * rsyslog writes them to a file by default, so that a message reads the same by whatever way it
 * came, and a line end in it cannot begin a line.
 */
final class Frames {
  private static final int ESCAPE_BYTES = 4;
  private static final int DELETE = 127;

  private final PushedLines lines;
  private byte[] line = new byte[1024];
  private int length;

  Frames(PushedLines lines) {
    this.lines = lines;
  }

  /** Takes one message; what ends it (zero, CR, LF) is none of it. */
  void accept(byte[] array, int from, int to) {
    int end = to;
    while (end > from
        && (array[end - 1] == 0 || array[end - 1] == '\n' || array[end - 1] == '\r')) {
      end--;
    }
    append(array, from, end);
    finish();
  }

  /** Adds to a line that is put together from parts. */
  void append(byte[] part) {
    append(part, 0, part.length);
  }

  private void append(byte[] array, int from, int to) {
    int needed = length + (to - from) * ESCAPE_BYTES + 1;
    if (needed > line.length) {
      line = Arrays.copyOf(line, 2 * needed);
    }
    for (int i = from; i < to; i++) {
      byte b = array[i];
      if ((b >= 0 && b < ' ') || b == DELETE) {
        line[length++] = '#';
        line[length++] = (byte) ('0' + (b >> 6));
        line[length++] = (byte) ('0' + ((b >> 3) & 7));
        line[length++] = (byte) ('0' + (b & 7));
      } else {
        line[length++] = b;
      }
    }
  }

  /** Hands over the line that was put together. */
  void finish() {
    if (length > 0) {
      line[length++] = '\n';
      lines.accept(line, 0, length);
      length = 0;
    }
  }
}
