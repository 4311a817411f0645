/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Line;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keeps the last lines of what cannot be read again: a socket, a pipe, the journal's reader. What
 * it costs is a copy of each line, and memory as there are lines, up to 64 KiB for each stream.
 */
public final class StreamTrail implements Trail {
  /** As much as is read back from a file. */
  private static final int KEPT_BYTES = 64 * 1024;

  private static final int FIRST_BYTES = 4 * 1024;

  /** Of a push that has begun only: hundreds of them are remembered. */
  private static final int BRIEF_BYTES = 4 * 1024;

  private static final byte[] LINE_END = {'\n'};

  /** Grows until it is full for the first time, and goes round then. */
  private byte[] ring = new byte[FIRST_BYTES];

  private long written;

  @Override
  public void line(Line line) {
    ByteSlice text = line.text();
    int length = Math.min(text.length(), KEPT_BYTES - 1);
    append(text.array(), text.start() + text.length() - length, length);
    append(LINE_END, 0, 1);
  }

  private void append(byte[] from, int start, int length) {
    if (written + length > ring.length && ring.length < KEPT_BYTES) {
      grow((int) written + length);
    }
    int at = (int) (written % ring.length);
    int first = Math.min(length, ring.length - at);
    System.arraycopy(from, start, ring, at, first);
    System.arraycopy(from, start + first, ring, 0, length - first);
    written += length;
  }

  /** Before it has gone round: all that was written stands at its beginning. */
  private void grow(int wanted) {
    int length = ring.length;
    while (length < Math.min(wanted, KEPT_BYTES)) {
      length *= 2;
    }
    ring = Arrays.copyOf(ring, length);
  }

  @Override
  public Excerpt around(long fromBytes, long offsetBytes) {
    return Excerpt.of(last(KEPT_BYTES));
  }

  @Override
  public Excerpt aroundBegin(long fromBytes, long offsetBytes) {
    return Excerpt.of(last(BRIEF_BYTES));
  }

  /** Whole lines, where there is more than one. */
  private String last(int bytes) {
    int length = (int) Math.min(written, Math.min(bytes, ring.length));
    int at = (int) ((written - length) % ring.length);
    int first = Math.min(length, ring.length - at);
    byte[] last = Arrays.copyOf(Arrays.copyOfRange(ring, at, at + first), length);
    System.arraycopy(ring, 0, last, first, length - first);
    String text = new String(last, StandardCharsets.UTF_8);
    if (length == written) {
      return text;
    }
    int line = text.indexOf('\n') + 1;
    return line < text.length() ? text.substring(line) : Words.withoutFirst(text);
  }
}
