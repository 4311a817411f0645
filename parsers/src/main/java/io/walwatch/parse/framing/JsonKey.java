/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Needle;

/**
 * A key of a JSON object and where its string begins. A quote inside of a string is escaped, so the
 * key in its quotes and a colon behind it stand nowhere else. Blanks may stand around the colon: jq
 * and log shippers write some.
 */
final class JsonKey {
  private final Needle quoted;

  JsonKey(String name) {
    quoted = new Needle('"' + name + '"');
  }

  /** Where the text of the key's string begins, or -1: the key is not there, or has no string. */
  int valueIn(ByteSlice text) {
    for (int at = quoted.indexIn(text, 0); at >= 0; at = quoted.indexIn(text, at + 1)) {
      int colon = blanksEnd(text, at + quoted.length());
      if (colon < text.length() && text.byteAt(colon) == ':') {
        int value = blanksEnd(text, colon + 1);
        return value < text.length() && text.byteAt(value) == '"' ? value + 1 : -1;
      }
    }
    return -1;
  }

  private static int blanksEnd(ByteSlice text, int from) {
    int at = from;
    while (at < text.length() && (text.byteAt(at) == ' ' || text.byteAt(at) == '\t')) {
      at++;
    }
    return at;
  }
}
