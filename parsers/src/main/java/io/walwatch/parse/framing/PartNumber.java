/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;

/** {@code [3-1] }: number of the message in its process and of the piece in the message. */
final class PartNumber {
  private long sequence;
  private long number;
  private int end;

  /** Reads it from the start of a text; where there is none both numbers are -1. */
  boolean read(ByteSlice text) {
    sequence = -1;
    number = -1;
    end = 0;
    if (text.isEmpty() || text.byteAt(0) != '[') {
      return false;
    }
    int dash = Ascii.digitsEnd(text, 1);
    int close = dash < text.length() ? Ascii.digitsEnd(text, dash + 1) : dash;
    boolean found =
        close + 1 < text.length()
            && text.byteAt(dash) == '-'
            && text.byteAt(close) == ']'
            && text.byteAt(close + 1) == ' '
            && Ascii.number(text, 1, dash) >= 0
            && Ascii.number(text, dash + 1, close) >= 0;
    if (found) {
      sequence = Ascii.number(text, 1, dash);
      number = Ascii.number(text, dash + 1, close);
      end = close + 2;
    }
    return found;
  }

  long sequence() {
    return sequence;
  }

  long number() {
    return number;
  }

  int end() {
    return end;
  }
}
