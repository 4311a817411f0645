/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.util.Arrays;

/**
 * A word that is looked for in very many lines. Horspool's method: the byte under the word's end
 * tells how far to go on, mostly by the word's whole length, so most bytes are never looked at.
 */
public final class Needle {
  private final byte[] word;
  private final int[] skips = new int[256];

  /** A needle for a word that is not empty. */
  public Needle(String word) {
    this.word = Ascii.bytes(word);
    int last = this.word.length - 1;
    Arrays.fill(skips, this.word.length);
    for (int i = 0; i < last; i++) {
      skips[this.word[i] & 0xff] = last - i;
    }
  }

  public int length() {
    return word.length;
  }

  /** The first index at or after {@code from} where the word stands, or -1. */
  public int indexIn(ByteSlice text, int from) {
    byte[] bytes = text.array();
    int last = word.length - 1;
    int end = text.start() + text.length() - word.length;
    byte wanted = word[last];
    for (int at = text.start() + Math.max(from, 0); at <= end; ) {
      byte b = bytes[at + last];
      if (b == wanted && text.startsWith(word, at - text.start())) {
        return at - text.start();
      }
      at += skips[b & 0xff];
    }
    return -1;
  }
}
