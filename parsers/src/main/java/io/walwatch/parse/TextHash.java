/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/**
 * The hash of {@link Origin#textHash()}: equal for the same record however it was framed. Runs of
 * blanks count as one, and blanks at the ends of a line not at all, since framings pad.
 */
public final class TextHash {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private long hash = FNV_OFFSET;
  private boolean blank;
  private boolean any;

  /** Starts again. */
  public void reset() {
    hash = FNV_OFFSET;
    blank = false;
    any = false;
  }

  /** Adds some lines of text. */
  public TextHash addLines(ByteSlice text) {
    return addLines(text, 0, text.length());
  }

  /** Adds a part of some lines of text. */
  public TextHash addLines(ByteSlice text, int from, int to) {
    startLine();
    for (int i = from; i < to; i++) {
      byte b = text.byteAt(i);
      if (b == '\n') {
        startLine();
      } else if (b == ' ' || b == '\r' || b == '\t') {
        blank = true;
      } else {
        add(b);
      }
    }
    return this;
  }

  /** The hash of all that was added. */
  public long value() {
    return mix(hash);
  }

  /** The hash for a second event that one record holds. */
  public static long second(long hash) {
    return mix(hash + FNV_PRIME);
  }

  private void startLine() {
    blank = false;
    if (any) {
      hash = (hash ^ '\n') * FNV_PRIME;
      any = false;
    }
  }

  private void add(byte b) {
    if (blank && any) {
      hash = (hash ^ ' ') * FNV_PRIME;
    }
    blank = false;
    any = true;
    hash = (hash ^ (b & 0xff)) * FNV_PRIME;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 32)) * 0xd6e8feb86659fd93L;
    return mixed ^ (mixed >>> 32);
  }
}
