/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.config.yaml.InvalidValueException;
import io.walwatch.agent.config.yaml.ValueParser;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time such as {@code 90s}, {@code 15m}, {@code 1h30m} or {@code 7d}. */
final class Durations {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  private Durations() {}

  static Duration parse(String text) throws InvalidValueException {
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new InvalidValueException(
          "is not a duration: a number with its unit (ms, s, m, h, d), such as 90s, 15m or 1h30m");
    }
    return Duration.ofDays(number(matcher, 1))
        .plusHours(number(matcher, 2))
        .plusMinutes(number(matcher, 3))
        .plusSeconds(number(matcher, 4))
        .plusMillis(number(matcher, 5));
  }

  /** A duration within limits, both included. */
  static ValueParser<Duration> between(String least, String most) {
    return text -> {
      Duration duration = parse(text);
      if (duration.compareTo(parse(least)) < 0 || duration.compareTo(parse(most)) > 0) {
        throw new InvalidValueException("is out of range: " + least + " to " + most);
      }
      return duration;
    };
  }

  private static long number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
