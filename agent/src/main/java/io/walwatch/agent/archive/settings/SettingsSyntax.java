/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code postgresql.conf}, with the tokens of PostgreSQL's own lexer ({@code
 * src/backend/utils/misc/guc-file.l}). No token spans lines, so a line can be read by itself.
 */
final class SettingsSyntax {
  private static final String BLANKS = "[ \\t\\r]*+";
  private static final String LETTER = "[A-Za-z_\\x80-\\uFFFF]";
  private static final String IDENTIFIER = LETTER + "[A-Za-z_0-9$\\x80-\\uFFFF]*+";
  private static final String STRING = "'(?:[^'\\\\]++|\\\\.|'')*+'";
  private static final String UNQUOTED = LETTER + "[A-Za-z_0-9$\\x80-\\uFFFF._:/-]*+";
  private static final String NUMBER =
      "[-+]?(?:0x[0-9a-fA-F]++|[0-9]*+\\.[0-9]*+(?:[Ee][-+]?[0-9]++)?|[0-9]++)[A-Za-z]*+";
  private static final Pattern LINE =
      Pattern.compile(
          BLANKS
              + ("(?:(?<name>" + IDENTIFIER + "(?:\\." + IDENTIFIER + ")?+)")
              + (BLANKS + "=?+" + BLANKS)
              + ("(?<value>" + STRING + "|" + UNQUOTED + "|" + NUMBER + ")" + BLANKS + ")?+")
              + "(?:#.*+)?+",
          Pattern.DOTALL);

  /** In the lexer {@code a.b} is a name, and a name with a dot is no value. */
  private static final Pattern QUALIFIED = Pattern.compile(IDENTIFIER + "\\." + IDENTIFIER);

  private SettingsSyntax() {}

  /** A name in lower case, and its value without quotes. */
  record Assignment(String name, String value) {
    static final Assignment NONE = new Assignment("", "");
  }

  /** The line's assignment, {@link Assignment#NONE} where there is none, null for an error. */
  static @Nullable Assignment parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return null;
    }
    String name = matcher.group("name");
    String value = matcher.group("value");
    if (name == null || value == null) {
      return Assignment.NONE;
    }
    if (QUALIFIED.matcher(value).matches()) {
      return null;
    }
    return new Assignment(
        name.toLowerCase(Locale.ROOT), value.startsWith("'") ? unquote(value) : value);
  }

  /** As PostgreSQL's DeescapeQuotedString: C's letters, octal bytes, anything else as it is. */
  private static String unquote(String quoted) {
    StringBuilder text = new StringBuilder(quoted.length());
    int end = quoted.length() - 1;
    for (int i = 1; i < end; i++) {
      char c = quoted.charAt(i);
      if (c == '\'') {
        i++;
      } else if (c == '\\' && isOctal(quoted.charAt(i + 1))) {
        int digits = octalDigits(quoted, i + 1);
        c = (char) (Integer.parseInt(quoted, i + 1, i + 1 + digits, 8) & 0xFF);
        i += digits;
      } else if (c == '\\') {
        c = escaped(quoted.charAt(++i));
      }
      text.append(c);
    }
    return text.toString();
  }

  private static char escaped(char letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  private static int octalDigits(String text, int from) {
    int digits = 0;
    while (digits < 3 && isOctal(text.charAt(from + digits))) {
      digits++;
    }
    return digits;
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }
}
