/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.postgres;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the server's sentences about a failed attempt and its own start are built in every language
 * that it speaks. What a client chose stands in quotation marks in the server's sentences, or
 * behind a colon; these have neither before what counts.
 */
final class Sentence {
  /** These are short, and a client must not make them a labour. */
  private static final int MAX_LENGTH = 512;

  private static final String MARKS = "\"«»„“”「」『』《》〈〉";
  private static final String WORDS = "[^0-9:：\\n" + MARKS + "]*";

  /** By itself, or between letters that are none of ASCII. */
  private static final String NUMBER = "(?<![!-~])([0-9]{1,3})(?![!-9;-~])";

  private static final Pattern EXIT = Pattern.compile(WORDS + NUMBER + WORDS);
  private static final Pattern EXIT_BEHIND_COLON =
      Pattern.compile(WORDS + "[:：] ?([0-9]{1,3})\\.?");
  private static final Pattern SIGNAL =
      Pattern.compile(WORDS + NUMBER + WORDS + "[:：][^\\n" + MARKS + "]*");

  private static final Pattern COMMAND =
      Pattern.compile("[^0-9:：\\n" + MARKS + "]+[:：] *(?!\\$1 = )(.+)", Pattern.DOTALL);

  /** PG_VERSION_STR, in marks in one language. */
  private static final Pattern STARTED =
      Pattern.compile(
          "[^0-9:\\n"
              + MARKS
              + "]{0,64}\"?PostgreSQL [0-9]{1,3}[^:\\n]*, compiled by [^:\\n]*,"
              + " [0-9]{2}-bit\"?[^0-9:\\n"
              + MARKS
              + "]{0,64}");

  private Sentence() {}

  /**
   * A failed attempt.
   *
   * @param code exit code or signal number
   */
  record Attempt(int code, boolean signal) {}

  /** What a message says if it is about an attempt, or null. */
  static @Nullable Attempt attempt(String message) {
    if (message.length() > MAX_LENGTH) {
      return null;
    }
    Matcher signal = SIGNAL.matcher(message);
    if (signal.matches()) {
      return new Attempt(Integer.parseInt(signal.group(1)), true);
    }
    Matcher exit = EXIT.matcher(message);
    Matcher behind = EXIT_BEHIND_COLON.matcher(message);
    if (exit.matches()) {
      return new Attempt(Integer.parseInt(exit.group(1)), false);
    }
    return behind.matches() ? new Attempt(Integer.parseInt(behind.group(1)), false) : null;
  }

  /** The command that a detail tells, or null where it tells another thing. */
  static @Nullable String command(String detail) {
    Matcher command = COMMAND.matcher(detail);
    return command.matches() ? command.group(1) : null;
  }

  static boolean isStart(String message) {
    return message.length() <= MAX_LENGTH && STARTED.matcher(message).matches();
  }

  static boolean hasMarks(String message) {
    return message.chars().anyMatch(c -> MARKS.indexOf(c) >= 0);
  }
}
