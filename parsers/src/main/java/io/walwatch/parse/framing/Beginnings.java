/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

/**
 * What the parsers said about messages by how they begin. Of two that fall on the same place the
 * later one stays, so memory is bounded and an answer is at worst asked for again.
 */
final class Beginnings {
  /** What is known about a beginning. */
  enum Answer {
    NOT_ASKED,
    IGNORED,
    MAY_MATTER
  }

  private static final int PLACES = 256;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final long[] texts = new long[PLACES];
  private final int[] kinds = new int[PLACES];
  private final Answer[] answers = new Answer[PLACES];

  /**
   * What is known.
   *
   * @param text the first eight bytes
   * @param kind of severity and writer, above 0
   */
  Answer of(long text, int kind) {
    int place = place(text, kind);
    return texts[place] == text && kinds[place] == kind ? answers[place] : Answer.NOT_ASKED;
  }

  void remember(long text, int kind, boolean ignored) {
    int place = place(text, kind);
    texts[place] = text;
    kinds[place] = kind;
    answers[place] = ignored ? Answer.IGNORED : Answer.MAY_MATTER;
  }

  private static int place(long text, int kind) {
    return (int) (((text + kind) * SPREAD) >>> (Long.SIZE - 8));
  }
}
