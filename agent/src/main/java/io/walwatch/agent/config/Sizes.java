/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.config.yaml.InvalidValueException;
import io.walwatch.agent.config.yaml.ValueParser;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes such as {@code 64KiB} or {@code 300GiB}. */
final class Sizes {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})(B|KiB|MiB|GiB|TiB)");
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private Sizes() {}

  static long parse(String text) throws InvalidValueException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidValueException(
          "is not a size: a whole number with its unit (B, KiB, MiB, GiB, TiB), such as 64KiB");
    }
    int power = UNITS.indexOf(matcher.group(2));
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
    } catch (ArithmeticException ignored) {
      throw new InvalidValueException("is out of range: it has more than 63 bits");
    }
  }

  /** A size within limits, both included. */
  static ValueParser<Long> between(String least, String most) {
    return text -> {
      long size = parse(text);
      if (size < parse(least) || size > parse(most)) {
        throw new InvalidValueException("is out of range: " + least + " to " + most);
      }
      return size;
    };
  }

  /** A size of at least {@code least}, or {@code unlimited}: empty. */
  static ValueParser<OptionalLong> limit(String least) {
    return text -> {
      if (text.equals("unlimited")) {
        return OptionalLong.empty();
      }
      long size = parse(text);
      if (size < parse(least)) {
        throw new InvalidValueException("is out of range: at least " + least + ", or unlimited");
      }
      return OptionalLong.of(size);
    };
  }
}
