/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

/**
 * Text that others wrote, made fit to be kept. A Java text may hold one half of a character that
 * takes two; no UTF-8 can hold it, so that writing it fails.
 */
public final class Texts {
  private Texts() {}

  /** At most so many characters, and an ellipsis where that is not all. Never half of one. */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean splits =
        most > 0
            && Character.isHighSurrogate(text.charAt(most - 1))
            && Character.isLowSurrogate(text.charAt(most));
    return text.substring(0, splits ? most - 1 : most) + "…";
  }

  /** At most so many characters, and an ellipsis where that is not all. Never a part of a word. */
  public static String cutWords(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most;
    while (end > 0 && !Character.isWhitespace(text.charAt(end))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  /** The text with a replacement character for each half that stands alone. */
  public static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
