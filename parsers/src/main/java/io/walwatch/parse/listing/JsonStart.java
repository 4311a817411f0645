/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import io.walwatch.parse.MalformedListException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Finds the line in which the JSON of a listing begins. A warning may begin with a bracket too
 * ({@code [warning] …}), so the character after the bracket counts as well: listings are objects
 * and arrays of objects.
 */
final class JsonStart {
  /** How much white space may stand before the second character. */
  private static final int LOOK_AHEAD_BYTES = 4096;

  private JsonStart() {}

  /** The rest of the output from that line on. */
  static InputStream find(InputStream output) throws IOException {
    BufferedInputStream in = new BufferedInputStream(output, 16 * 1024);
    String first = "";
    while (true) {
      in.mark(LOOK_AHEAD_BYTES);
      int c = in.read();
      if (c < 0) {
        throw new MalformedListException(
            first.isEmpty()
                ? "the output is empty"
                : "the output holds no JSON; it begins with \"" + Excerpt.of(first) + "\"");
      }
      if (isStart(c, in)) {
        in.reset();
        return in;
      }
      in.reset();
      String line = skipLine(in);
      first = first.isEmpty() ? line.strip() : first;
    }
  }

  private static boolean isStart(int first, InputStream in) throws IOException {
    int c = first;
    for (int i = 0; isBlank(c) && i < LOOK_AHEAD_BYTES / 2; i++) {
      c = in.read();
    }
    if (c != '{' && c != '[') {
      return false;
    }
    int next = in.read();
    for (int i = 0; isBlank(next) && i < LOOK_AHEAD_BYTES / 2 - 2; i++) {
      next = in.read();
    }
    return c == '{' ? next == '"' || next == '}' : next == '{' || next == ']';
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static String skipLine(InputStream in) throws IOException {
    StringBuilder start = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (start.length() < 200) {
        start.append((char) c);
      }
    }
    return start.toString();
  }
}
