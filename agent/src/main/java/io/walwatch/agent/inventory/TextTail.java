/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.evidence.Words;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last bytes of what is written into it. Any thread. */
final class TextTail extends OutputStream {
  private final byte[] ring;
  private long length;

  TextTail(int keptBytes) {
    this.ring = new byte[keptBytes];
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) {
    int kept = Math.min(count, ring.length);
    length += count - kept;
    int at = (int) (length % ring.length);
    int first = Math.min(kept, ring.length - at);
    int start = offset + count - kept;
    System.arraycopy(bytes, start, ring, at, first);
    System.arraycopy(bytes, start + first, ring, 0, kept - first);
    length += kept;
  }

  /** What is kept, without a word that has lost its beginning, by which a secret is known. */
  synchronized String text() {
    int kept = (int) Math.min(length, ring.length);
    int at = (int) ((length - kept) % ring.length);
    int first = Math.min(kept, ring.length - at);
    byte[] bytes = new byte[kept];
    System.arraycopy(ring, at, bytes, 0, first);
    System.arraycopy(ring, 0, bytes, first, kept - first);
    String text = new String(bytes, StandardCharsets.UTF_8);
    return length > ring.length ? Words.withoutFirst(text) : text;
  }
}
