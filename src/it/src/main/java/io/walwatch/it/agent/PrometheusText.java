/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format, as far as a test needs it: values, not types and help. */
final class PrometheusText {
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:" + LABEL.pattern() + ")*)\\})? (\\S+)(?: -?\\d+)?");

  private PrometheusText() {}

  static List<Sample> parse(String text) {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(PrometheusText::sample)
        .toList();
  }

  private static Sample sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a line of Prometheus' text format: " + line);
    }
    String labels = matcher.group(2) == null ? "" : matcher.group(2);
    return new Sample(matcher.group(1), labels(labels), number(matcher.group(5)));
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    Matcher matcher = LABEL.matcher(text);
    while (matcher.find()) {
      labels.put(matcher.group(1), unescape(matcher.group(2)));
    }
    return labels;
  }

  private static String unescape(String text) {
    // In this order: what a doubled backslash leaves behind is not an escape.
    return text.replace("\\\\", "\0")
        .replace("\\\"", "\"")
        .replace("\\n", "\n")
        .replace("\0", "\\");
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
