/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.io.IOException;

/** Reads what a command prints to its end and keeps the last 64 KiB of it. */
final class OutputTail implements Runnable {
  private static final int KEPT_BYTES = 64 * 1024;

  private final ChildOutput in;
  private final TextTail tail = new TextTail(KEPT_BYTES);

  OutputTail(ChildOutput in) {
    this.in = in;
  }

  @Override
  public void run() {
    byte[] chunk = new byte[8192];
    try {
      synchronized (in.lock()) {
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
          tail.write(chunk, 0, read);
        }
      }
    } catch (IOException closed) {
      // The command was ended; what came until then is kept.
    }
  }

  /** What is kept. */
  String text() {
    return tail.text();
  }
}
