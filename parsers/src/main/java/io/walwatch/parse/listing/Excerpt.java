/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

/** A few characters of an output, fit for a message. */
public final class Excerpt {
  private static final int LENGTH = 60;

  private Excerpt() {}

  public static String of(String text) {
    StringBuilder excerpt = new StringBuilder(LENGTH + 3);
    for (int i = 0; i < text.length() && i < LENGTH; i++) {
      char c = text.charAt(i);
      excerpt.append(Character.isISOControl(c) ? '?' : c);
    }
    return excerpt.append(text.length() > LENGTH ? "…" : "").toString();
  }
}
