/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;

/**
 * The mark before a text that says it is UTF-8 (RFC 5424, 6.4; editors write it at the start of a
 * file).
 */
final class ByteOrderMark {
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private ByteOrderMark() {}

  /** Where the text goes on behind a mark there may be. */
  static int end(ByteSlice text, int from) {
    return text.startsWith(MARK, from) ? from + MARK.length : from;
  }
}
