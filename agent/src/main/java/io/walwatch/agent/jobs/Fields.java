/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The lines {@code name=value} of a record in the spool. */
final class Fields {
  /** Seconds, or seconds with nanoseconds where {@code date} can tell them. */
  private static final Pattern SECONDS = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

  private Fields() {}

  static Map<String, String> parse(String text) throws MalformedRecordException {
    Map<String, String> fields = new HashMap<>();
    text.lines()
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              if (equals > 0) {
                fields.putIfAbsent(line.substring(0, equals), line.substring(equals + 1).strip());
              }
            });
    if (!text(fields, "version").equals("1")) {
      throw new MalformedRecordException("it is not of version 1");
    }
    return fields;
  }

  static String text(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "");
  }

  static long millis(Map<String, String> fields, String name) throws MalformedRecordException {
    String text = text(fields, name);
    if (!SECONDS.matcher(text).matches()) {
      throw new MalformedRecordException(name + " is no time in seconds");
    }
    return new BigDecimal(text).movePointRight(3).setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  static long number(Map<String, String> fields, String name) throws MalformedRecordException {
    String text = text(fields, name);
    if (!NUMBER.matcher(text).matches() || Long.parseLong(text) > Integer.MAX_VALUE) {
      throw new MalformedRecordException(name + " is no number");
    }
    return Long.parseLong(text);
  }
}
