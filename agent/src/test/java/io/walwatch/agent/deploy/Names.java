/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.deploy;

import io.walwatch.agent.metrics.MetricCatalogue;
import io.walwatch.agent.metrics.MetricKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which series exist, with their labels; and what an expression says of others. */
final class Names {
  private static final Pattern SERIES =
      Pattern.compile("\\b(walwatch[_:][a-z0-9_:]+)\\b\\s*(?:\\{([^}]*)\\})?");
  private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]+)\\s*(?:=~|!~|!=|=)");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");

  /** Given to each series by the scrape, or made by a rule itself. */
  private static final Set<String> TARGET =
      Set.of("job", "instance", "namespace", "pod", "host", "alertname");

  private final Map<String, Set<String>> known = new TreeMap<>();

  private Names() {}

  /** What the code exposes, and what the rules record. */
  static Names ofCodeAndRules() throws IOException {
    Names names = new Names();
    MetricCatalogue.all().forEach(metric -> names.add(metric.name(), metric.labels()));
    MetricCatalogue.all().stream()
        .filter(metric -> metric.kind() == MetricKind.HISTOGRAM)
        .forEach(metric -> names.addHistogram(metric.name(), metric.labels()));
    Set<String> recorded = new HashSet<>(names.labels());
    recorded.addAll(Set.of("of", "severity"));
    DeployFiles.rules().stream()
        .filter(rule -> !rule.isAlert())
        .forEach(rule -> names.add(rule.name(), List.copyOf(recorded)));
    return names;
  }

  private void add(String name, List<String> labels) {
    known.put(name, new HashSet<>(labels));
  }

  private void addHistogram(String name, List<String> labels) {
    List<String> withBound = new ArrayList<>(labels);
    withBound.add("le");
    add(name + "_bucket", withBound);
    add(name + "_sum", labels);
    add(name + "_count", labels);
  }

  private Set<String> labels() {
    Set<String> all = new HashSet<>(TARGET);
    known.values().forEach(all::addAll);
    return all;
  }

  /** What an expression names that does not exist: series, their labels, labels of groupings. */
  List<String> unknownIn(String expression) {
    List<String> unknown = new ArrayList<>();
    Matcher series = SERIES.matcher(expression);
    while (series.find()) {
      Set<String> labels = known.get(series.group(1));
      if (labels == null) {
        unknown.add(series.group(1));
      } else if (series.group(2) != null) {
        Matcher matcher = MATCHER.matcher(series.group(2).replaceAll("\"[^\"]*\"", ""));
        while (matcher.find()) {
          if (!labels.contains(matcher.group(1)) && !TARGET.contains(matcher.group(1))) {
            unknown.add(series.group(1) + " has no label " + matcher.group(1));
          }
        }
      }
    }
    Set<String> labels = labels();
    Matcher grouping = GROUPING.matcher(expression);
    while (grouping.find()) {
      for (String label : grouping.group(1).split(",", -1)) {
        if (!label.isBlank() && !labels.contains(label.strip())) {
          unknown.add("no series has label " + label.strip());
        }
      }
    }
    return unknown;
  }

  /** Whether an expression names any series of walwatch's. */
  static boolean namesAny(String expression) {
    return SERIES.matcher(expression).find();
  }

  /** For errors that are not to be caught one by one. */
  static Names orFail() {
    try {
      return ofCodeAndRules();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
