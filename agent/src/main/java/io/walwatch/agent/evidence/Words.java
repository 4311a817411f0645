/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

/** Text that was cut. */
public final class Words {
  private Words() {}

  /**
   * Text whose beginning was cut, without a word that may have lost its own: the name of a secret.
   */
  public static String withoutFirst(String text) {
    int start = 0;
    while (start < text.length() && !Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }
}
