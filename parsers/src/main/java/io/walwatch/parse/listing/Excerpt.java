/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import io.walwatch.parse.Texts;

/** A few characters of an output, fit for a message. */
public final class Excerpt {
  private static final int LENGTH = 60;

  private Excerpt() {}

  public static String of(String text) {
    StringBuilder excerpt = new StringBuilder(Texts.whole(Texts.cut(text, LENGTH)));
    for (int i = 0; i < excerpt.length(); i++) {
      if (Character.isISOControl(excerpt.charAt(i))) {
        excerpt.setCharAt(i, '?');
      }
    }
    return excerpt.toString();
  }
}
