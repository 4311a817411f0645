/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.config.yaml.InvalidValueException;
import io.walwatch.agent.config.yaml.Suggestion;
import io.walwatch.agent.config.yaml.ValueParser;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The forms of single values, the same in the file, in options and in the environment. */
final class Values {
  /** A path's first letter can begin no name, so that {@code /a=b} is a path and not a name. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]{0,62}");

  private Values() {}

  /** Any text but the empty one. */
  static String text(String text) throws InvalidValueException {
    if (text.isBlank()) {
      throw new InvalidValueException("is empty");
    }
    return text;
  }

  /** A name as it goes into a label. */
  static String name(String text) throws InvalidValueException {
    if (!isName(text)) {
      throw new InvalidValueException(
          "is not a name: letters, digits, _ . / - (at most 63, a letter, digit or _ first)");
    }
    return text;
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** A name out of a set. */
  static ValueParser<String> oneOf(Set<String> known, String what) {
    return text -> {
      if (!known.contains(text)) {
        throw new InvalidValueException("is no " + what + ": " + Suggestion.forName(text, known));
      }
      return text;
    };
  }

  /** A path; a relative one counts from {@code base}. */
  static ValueParser<Path> path(Path base) {
    return text -> {
      try {
        return base.resolve(text(text)).normalize();
      } catch (InvalidPathException e) {
        throw new InvalidValueException("is not a path: " + e.getReason());
      }
    };
  }

  /** A path whose names may hold glob wildcards; a relative one counts from {@code base}. */
  static ValueParser<String> glob(Path base) {
    return text -> {
      Path path = path(base).parse(text);
      try {
        path.forEach(name -> FileSystems.getDefault().getPathMatcher("glob:" + name));
      } catch (PatternSyntaxException e) {
        throw new InvalidValueException("is not a glob pattern: " + e.getDescription());
      }
      return path.toString();
    };
  }

  /** A name of the time zone database, as PostgreSQL's log_timezone. */
  static ZoneId zone(String text) throws InvalidValueException {
    try {
      return ZoneSetting.of(text);
    } catch (DateTimeException ignored) {
      throw new InvalidValueException("is not a time zone: write for example Europe/Berlin or UTC");
    }
  }

  static boolean flag(String text) throws InvalidValueException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new InvalidValueException("is neither true nor false");
    };
  }
}
