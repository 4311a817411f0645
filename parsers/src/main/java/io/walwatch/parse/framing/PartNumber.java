/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;

/**
 * {@code [3-1] }: number of the message in its process and of the piece in the message. Where the
 * server numbers only one of the two it writes {@code [3] } (elog.c, write_syslog), and nothing
 * tells which: the piece without syslog_sequence_numbers, the message without
 * syslog_split_messages. Only the first of either is surely a first piece.
 */
final class PartNumber {
  private long sequence;
  private long number;
  private int end;

  /** Reads it from the start of a text; what is not told is -1. */
  void read(ByteSlice text) {
    sequence = -1;
    number = -1;
    end = 0;
    if (text.isEmpty() || text.byteAt(0) != '[') {
      return;
    }
    int first = Ascii.digitsEnd(text, 1);
    boolean two = first < text.length() && text.byteAt(first) == '-';
    int close = two ? Ascii.digitsEnd(text, first + 1) : first;
    long one = Ascii.number(text, 1, first);
    long other = two ? Ascii.number(text, first + 1, close) : one;
    boolean found =
        close + 1 < text.length()
            && text.byteAt(close) == ']'
            && text.byteAt(close + 1) == ' '
            && one >= 0
            && other >= 0;
    if (found) {
      sequence = two ? one : -1;
      number = two || one == 1 ? other : -1;
      end = close + 2;
    }
  }

  /** Whether both numbers were told, as only a server does. */
  boolean hasBoth() {
    return sequence >= 0;
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
