/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * All values of one answer of {@code /metrics}. Labels are given as {@code "name=value"}; labels
 * that are not given may have any value.
 *
 * @param samples in the order of the answer
 */
public record Scrape(List<Sample> samples) {
  public Scrape {
    samples = List.copyOf(samples);
  }

  /** Reads Prometheus' text format. */
  public static Scrape parse(String text) {
    return new Scrape(PrometheusText.parse(text));
  }

  /** The value of the only series with these labels; empty when there is none. */
  public OptionalDouble value(String name, String... labels) {
    double[] values = values(name, labels).toArray();
    if (values.length > 1) {
      throw new IllegalArgumentException(
          values.length + " series of " + name + " have " + List.of(labels));
    }
    return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(values[0]);
  }

  /** The sum over the series with these labels; 0 when there is none. */
  public double sum(String name, String... labels) {
    return values(name, labels).sum();
  }

  private DoubleStream values(String name, String... labels) {
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String label : labels) {
      int equals = label.indexOf('=');
      wanted.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return samples.stream()
        .filter(sample -> sample.matches(name, wanted))
        .mapToDouble(Sample::value);
  }
}
