/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import io.walwatch.parse.Texts;

/**
 * A few characters of an output, fit for a message. What is cut are whole words: the beginning of
 * one could be that of a password, without what masking knows it by.
 */
public final class Excerpt {
  private static final int LENGTH = 60;

  private Excerpt() {}

  /** At most 60 characters and an ellipsis, on one line. */
  public static String of(String text) {
    StringBuilder excerpt = new StringBuilder(Texts.whole(Texts.cutWords(text, LENGTH)));
    for (int i = 0; i < excerpt.length(); i++) {
      if (Character.isISOControl(excerpt.charAt(i))) {
        excerpt.setCharAt(i, '?');
      }
    }
    return excerpt.toString();
  }
}
