/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads what a command prints to its end and keeps the last 64 KiB of it. */
final class OutputTail implements Runnable {
  private static final int KEPT_BYTES = 64 * 1024;

  private final ChildOutput in;
  private final byte[] ring = new byte[KEPT_BYTES];
  private long length;

  OutputTail(ChildOutput in) {
    this.in = in;
  }

  @Override
  public void run() {
    byte[] chunk = new byte[8192];
    try {
      synchronized (in.lock()) {
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
          append(chunk, read);
        }
      }
    } catch (IOException closed) {
      // The command was ended; what came until then is kept.
    }
  }

  private synchronized void append(byte[] chunk, int count) {
    for (int i = 0; i < count; i++) {
      ring[(int) (length++ % KEPT_BYTES)] = chunk[i];
    }
  }

  /** What is kept, without a word that has lost its beginning, by which a secret is known. */
  synchronized String text() {
    int kept = (int) Math.min(length, KEPT_BYTES);
    byte[] bytes = new byte[kept];
    for (int i = 0; i < kept; i++) {
      bytes[i] = ring[(int) ((length - kept + i) % KEPT_BYTES)];
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    return length > KEPT_BYTES ? text.replaceFirst("^\\S*\\s*", "") : text;
  }
}
