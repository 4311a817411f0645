/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.io.InputStream;

/** The lines of an input that is read once from its start to its end, in constant memory. */
public final class InputLines {
  private static final int BUFFER_BYTES = 256 * 1024;

  private InputLines() {}

  /**
   * Reads to the end and hands over every line, the unterminated last one too.
   *
   * @param name what the lines come from
   * @param maxLineBytes longer lines lose their end
   * @throws IOException when the input cannot be read further; what was read before was handed over
   */
  public static void read(
      InputStream in, String name, int maxLineBytes, LineHandlers handlers, TailEvents events)
      throws IOException {
    LineFeed feed = new LineFeed(name, 0, false, maxLineBytes, handlers, events);
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        feed.accept(buffer, 0, length);
      }
    } finally {
      feed.end();
    }
  }
}
