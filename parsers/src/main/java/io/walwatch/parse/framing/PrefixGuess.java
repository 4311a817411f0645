/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code log_line_prefix} that a line may have been written with, by what its parts look like:
 * a time, a number in brackets or in front of a time, a session id, the type of a process. What is
 * left are marks, which are the prefix's own, and words. A word may be a client's, so all are taken
 * for a client's: a prefix with words of its own is safe from forgery, and its server is believed
 * nothing until the setting is given.
 */
final class PrefixGuess {
  private static final int MAX_PREFIX_BYTES = 300;

  /** In other languages some of these are the same: LOG, FATAL and PANIC at least. */
  private static final Pattern SEVERITY =
      Pattern.compile(
          "(?<![A-Z])(?:LOG|ERROR|FATAL|WARNING|PANIC|NOTICE|INFO|DEBUG[1-5]?"
              + "|DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION):  ");

  private static final String TIME =
      "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{3})?"
          + " (?:[A-Za-z]+|[+-][0-9]{2,6})";

  /** The end of a time or of seconds, and up to three marks or blanks. */
  private static final String BEHIND_TIME =
      "(?:[0-9]{2}(?:\\.[0-9]{3})? (?:[A-Za-z]{1,8}|[+-][0-9]{2,6})|[0-9]{9,11}\\.[0-9]{3})"
          + "[^0-9A-Za-z@=/]{1,3}";

  /** A part that shows itself, and the escape for it, in the order in which they are tried. */
  private record Part(Pattern pattern, String escape, boolean isTelling) {
    static Part of(String pattern, String escape, boolean isTelling) {
      return new Part(Pattern.compile(pattern), escape, isTelling);
    }
  }

  private static final List<Part> PARTS =
      List.of(
          Part.of(TIME, "%m", true),
          Part.of("[0-9]{9,11}\\.[0-9]{3}(?![0-9])", "%n", true),
          Part.of("[0-9a-f]{8}\\.[0-9a-f]{1,8}(?![0-9A-Za-z])", "%c", true),
          Part.of("(?<=[\\[(])[0-9]{1,10}(?=[-\\])])", "%p", true),
          // Nothing but the time tells that this is one: an application may be called by a number.
          Part.of("(?<![\\s\\S])[0-9]{1,10}(?= " + TIME + ")", "%p", true),
          // And it is told by what stands before: a time, and marks or blanks between.
          Part.of(
              "(?<=" + BEHIND_TIME + ")[0-9]{1,10}(?=[^0-9A-Za-z.]|-[0-9]{1,10}[^0-9A-Za-z])",
              "%p",
              true),
          Part.of("(?<=\\[[0-9]{1,10}-)[0-9]{1,10}(?=\\])", "%l", false),
          Part.of("(?<![0-9A-Za-z])[0-9]{1,10}/[0-9]{1,10}(?![0-9A-Za-z])", "%v", false),
          Part.of(
              "(?<![0-9A-Za-z])(?:[0-9][0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}(?![0-9A-Za-z])",
              "%e", false),
          Part.of(
              "(?<![0-9A-Za-z])(?:"
                  + String.join("|", BackendTypes.BACKGROUND)
                  + "|"
                  + String.join("|", BackendTypes.FOREGROUND)
                  + ")(?![0-9A-Za-z])",
              "%b",
              false),
          Part.of(
              "(?:user|db|database|app|application|client|host|remote|pid|line|vxid|xid)=",
              "",
              false),
          Part.of("[0-9A-Za-z_.\\u0080-\\u00ff][^ ,:;=@/()<>|\\[\\]]*", "%a", false));

  private PrefixGuess() {}

  /** The setting, or null: the line has no severity, or nothing in front of it that tells. */
  static @Nullable String of(String line) {
    String head = line.substring(0, Math.min(line.length(), MAX_PREFIX_BYTES));
    Matcher severity = SEVERITY.matcher(head);
    return severity.find() && severity.start() > 0 ? setting(head, severity.start()) : null;
  }

  private static @Nullable String setting(String line, int end) {
    StringBuilder setting = new StringBuilder();
    boolean telling = false;
    boolean process = false;
    int at = 0;
    while (at < end) {
      Part part = partAt(line, at, end, process);
      if (part == null) {
        setting.append(line.charAt(at) == '%' ? "%%" : line.substring(at, at + 1));
        at++;
      } else {
        int partEnd = endOf(part, line, at, end);
        setting.append(part.escape().isEmpty() ? line.substring(at, partEnd) : part.escape());
        telling |= part.isTelling();
        process |= part.escape().equals("%p");
        at = partEnd;
      }
    }
    return telling ? setting.toString() : null;
  }

  /** A second number in brackets is the number of a line. */
  private static @Nullable Part partAt(String line, int at, int end, boolean process) {
    for (Part part : PARTS) {
      if (endOf(part, line, at, end) > at) {
        boolean second = process && part.escape().equals("%p");
        return second ? new Part(part.pattern(), "%l", false) : part;
      }
    }
    return null;
  }

  private static int endOf(Part part, String line, int at, int end) {
    Matcher matcher = part.pattern().matcher(line).region(at, end);
    matcher.useTransparentBounds(true);
    return matcher.lookingAt() ? matcher.end() : -1;
  }
}
