/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;

/** The untranslated word behind a prefix, and the eight bytes behind it. */
final class Beginning {
  /** Bytes of a message by which it is known. */
  static final int TEXT_BYTES = Long.BYTES;

  private static final byte[] LOG = Ascii.bytes("LOG:  ");
  private static final byte[] ERROR = Ascii.bytes("ERROR:  ");
  private static final byte[] FATAL = Ascii.bytes("FATAL:  ");
  private static final byte[] WARNING = Ascii.bytes("WARNING:  ");
  private static final byte[] DETAIL = Ascii.bytes("DETAIL:  ");
  private static final byte[] HINT = Ascii.bytes("HINT:  ");
  private static final byte[] CONTEXT = Ascii.bytes("CONTEXT:  ");
  private static final byte[] STATEMENT = Ascii.bytes("STATEMENT:  ");

  private int start;
  private int textStart;
  private boolean message;
  private boolean statement;

  /** Whether one of the words stands there. */
  boolean read(ByteSlice line, int at) {
    if (at >= line.length()) {
      return false;
    }
    start = at;
    statement = line.byteAt(at) == 'S';
    return switch (line.byteAt(at)) {
      case 'L' -> is(line, LOG, true);
      case 'E' -> is(line, ERROR, true);
      case 'F' -> is(line, FATAL, true);
      case 'W' -> is(line, WARNING, true);
      case 'D' -> is(line, DETAIL, false);
      case 'H' -> is(line, HINT, false);
      case 'C' -> is(line, CONTEXT, false);
      case 'S' -> is(line, STATEMENT, false);
      default -> false;
    };
  }

  private boolean is(ByteSlice line, byte[] word, boolean begins) {
    message = begins;
    textStart = start + word.length;
    return line.startsWith(word, start);
  }

  /** Whether the word begins a message, and no part of one. */
  boolean isMessage() {
    return message;
  }

  /** Whether the word tells of a query, which only a session runs. */
  boolean isStatement() {
    return statement;
  }

  int wordStart() {
    return start;
  }

  /** Colon and two blanks lie between it and the text. */
  int wordEnd() {
    return textStart - 3;
  }

  int textStart() {
    return textStart;
  }
}
