/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a {@code postgresql.conf}: a name, an equals sign that may be left out, a value that
 * may be quoted (guc-file.l).
 *
 * @param name in lower case
 * @param value without quotes
 */
record ConfigLine(String name, String value) {
  /** Reads a line; null when it sets nothing. */
  static @Nullable ConfigLine parse(String line) {
    String text = line.strip();
    int end = 0;
    while (end < text.length() && isNameCharacter(text.charAt(end))) {
      end++;
    }
    if (end == 0) {
      return null;
    }
    String rest = text.substring(end).stripLeading();
    if (rest.startsWith("=")) {
      rest = rest.substring(1).stripLeading();
    }
    String name = text.substring(0, end).toLowerCase(Locale.ROOT);
    return new ConfigLine(name, rest.startsWith("'") ? quoted(rest) : plain(rest));
  }

  private static boolean isNameCharacter(char c) {
    return c == '_' || c == '.' || c == '$' || c > 127 || Character.isLetterOrDigit(c);
  }

  private static String plain(String rest) {
    int end = 0;
    while (end < rest.length() && rest.charAt(end) > ' ' && rest.charAt(end) != '#') {
      end++;
    }
    return rest.substring(0, end);
  }

  private static String quoted(String rest) {
    StringBuilder value = new StringBuilder();
    int i = 1;
    while (i < rest.length()) {
      char c = rest.charAt(i);
      boolean isDoubled = c == '\'' && i + 1 < rest.length() && rest.charAt(i + 1) == '\'';
      if (c == '\'' && !isDoubled) {
        break;
      }
      if (c == '\\' && i + 1 < rest.length()) {
        i = unescape(rest, i + 1, value);
      } else {
        value.append(c);
        i += isDoubled ? 2 : 1;
      }
    }
    return value.toString();
  }

  /** The escapes of DeescapeQuotedString: letters for control characters, and octal numbers. */
  private static int unescape(String rest, int at, StringBuilder value) {
    char c = rest.charAt(at);
    int letter = "bfnrt".indexOf(c);
    if (letter >= 0) {
      value.append("\b\f\n\r\t".charAt(letter));
      return at + 1;
    }
    int end = at;
    int octal = 0;
    while (end < rest.length()
        && end < at + 3
        && rest.charAt(end) >= '0'
        && rest.charAt(end) < '8') {
      octal = octal * 8 + rest.charAt(end) - '0';
      end++;
    }
    value.append(end == at ? c : (char) (octal & 0xFF));
    return end == at ? at + 1 : end;
  }
}
