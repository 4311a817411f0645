/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;

/**
 * Whether the server may have broken a line behind a piece of it (elog.c, write_syslog). It breaks
 * lines of 900 bytes at a blank, and what follows begins with that blank. Only where there is none,
 * what follows begins with what a client may have chosen.
 */
final class BrokenLine {
  /** The server may take three bytes less where it would tear a character. */
  private static final int MIN_BYTES = 890;

  /** What rsyslog makes of a control character, less the one byte that it was. */
  private static final int ESCAPE_BYTES = 3;

  private static final byte DELETE = 127;

  private BrokenLine() {}

  /** Any control character may have been typed as what rsyslog makes of one. */
  static boolean mayEndWith(ByteSlice piece) {
    int most = piece.length();
    for (int i = 0; i < piece.length(); i++) {
      byte b = piece.byteAt(i);
      if (b == ' ' && i > 0) {
        return false;
      }
      most += (b >= 0 && b < ' ') || b == DELETE ? ESCAPE_BYTES : 0;
    }
    return most >= MIN_BYTES;
  }
}
