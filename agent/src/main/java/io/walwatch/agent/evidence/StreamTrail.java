/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Line;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Keeps the last lines of what cannot be read again: a socket, a pipe, the journal's reader. */
public final class StreamTrail implements Trail {
  private static final int KEPT_BYTES = 16 * 1024;

  private final byte[] ring = new byte[KEPT_BYTES];
  private long written;

  @Override
  public void line(Line line) {
    ByteSlice text = line.text();
    int skipped = Math.max(0, text.length() - KEPT_BYTES + 1);
    for (int i = skipped; i < text.length(); i++) {
      append(text.byteAt(i));
    }
    append((byte) '\n');
  }

  private void append(byte b) {
    ring[(int) (written++ % KEPT_BYTES)] = b;
  }

  @Override
  public Supplier<String> around(long fromBytes, long offsetBytes) {
    String text = text();
    return () -> text;
  }

  /** Whole lines, where there is more than one. */
  private String text() {
    int length = (int) Math.min(written, KEPT_BYTES);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ring[(int) ((written - length + i) % KEPT_BYTES)];
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int first = written > KEPT_BYTES ? text.indexOf('\n') + 1 : 0;
    return first < text.length() ? text.substring(first) : text;
  }
}
