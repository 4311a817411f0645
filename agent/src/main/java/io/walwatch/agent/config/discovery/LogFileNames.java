/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

/** PostgreSQL's names of log files as glob patterns. */
final class LogFileNames {
  private static final String DIGIT = "[0-9]";

  private LogFileNames() {}

  /** A path in which nothing is a wildcard. */
  static String literal(String path) {
    StringBuilder glob = new StringBuilder();
    path.chars().forEach(c -> appendLiteral(glob, (char) c));
    return glob.toString();
  }

  /** A {@code log_filename}, whose escapes are strftime's. */
  static String ofPattern(String pattern) {
    StringBuilder glob = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '%' && i + 1 < pattern.length()) {
        appendEscape(glob, pattern.charAt(++i));
      } else {
        appendLiteral(glob, c);
      }
    }
    return glob.toString();
  }

  /** The names that differ from this one in their numbers only. */
  static String likeThis(String name) {
    StringBuilder glob = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isDigit(c)) {
        appendLiteral(glob, c);
      } else if (i == 0 || !isDigit(name.charAt(i - 1))) {
        glob.append(DIGIT).append('*');
      }
    }
    return glob.toString();
  }

  /** PostgreSQL's logfile_getname: the suffix of another format takes the place of .log. */
  static String withSuffix(String pattern, String suffix) {
    String base = pattern.endsWith(".log") ? pattern.substring(0, pattern.length() - 4) : pattern;
    return base + suffix;
  }

  private static void appendEscape(StringBuilder glob, char escape) {
    switch (escape) {
      case '%' -> glob.append('%');
      case 'Y', 'G' -> glob.append(DIGIT.repeat(4));
      case 'j' -> glob.append(DIGIT.repeat(3));
      case 'm', 'd', 'H', 'M', 'S', 'y', 'C', 'g', 'I', 'U', 'V', 'W' ->
          glob.append(DIGIT.repeat(2));
      case 'F' -> glob.append(DIGIT.repeat(4) + "-" + DIGIT.repeat(2) + "-" + DIGIT.repeat(2));
      case 'u', 'w' -> glob.append(DIGIT);
      case 's' -> glob.append(DIGIT).append('*');
      default -> glob.append('*');
    }
  }

  private static void appendLiteral(StringBuilder glob, char c) {
    if ("*?[]{}\\".indexOf(c) >= 0) {
      glob.append('\\');
    }
    glob.append(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
