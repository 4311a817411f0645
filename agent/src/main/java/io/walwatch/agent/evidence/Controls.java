/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import java.util.Locale;
import java.util.regex.Pattern;

/** Control characters of what commands have written: they would steer the reader's terminal. */
final class Controls {
  private static final Pattern CONTROL =
      Pattern.compile("\\r(?=\\n)|[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]");

  private Controls() {}

  /** The text with them as {@code \x1b}; tabs and new lines stay. */
  static String shown(String text) {
    return CONTROL
        .matcher(text)
        .replaceAll(
            found ->
                found.end() < text.length() && text.startsWith("\r\n", found.start())
                    ? ""
                    : String.format(Locale.ROOT, "\\\\x%02x", (int) found.group().charAt(0)));
  }
}
