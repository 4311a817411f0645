/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import io.walwatch.parse.MalformedListException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of an output, without their ends. Memory is that of one line. */
public final class ListLines {
  /** A key of S3 has at most 1,024 bytes; no tool writes longer lines into a table. */
  private static final int MAX_LINE_BYTES = 16 * 1024;

  private final InputStream in;
  private byte[] line = new byte[256];

  /**
   * Lines that end with LF or CRLF, in UTF-8.
   *
   * @param in read ahead, and left open
   */
  public ListLines(InputStream in) {
    this.in = new BufferedInputStream(in, 32 * 1024);
  }

  /**
   * The next line, or null at the end.
   *
   * @throws MalformedListException when a line is longer than any that a table has
   */
  public @Nullable String next() throws IOException {
    int length = 0;
    int b = in.read();
    if (b < 0) {
      return null;
    }
    while (b >= 0 && b != '\n') {
      if (length == line.length) {
        grow();
      }
      line[length++] = (byte) b;
      b = in.read();
    }
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, end, StandardCharsets.UTF_8);
  }

  private void grow() throws MalformedListException {
    if (line.length >= MAX_LINE_BYTES) {
      throw new MalformedListException("a line is longer than " + MAX_LINE_BYTES + " bytes");
    }
    line = Arrays.copyOf(line, line.length * 2);
  }
}
