/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.agent;

import java.util.Map;

/**
 * One value of an exposition.
 *
 * @param name the metric's name
 * @param labels its labels
 * @param value the value
 */
public record Sample(String name, Map<String, String> labels, double value) {
  public Sample {
    labels = Map.copyOf(labels);
  }

  /** Whether it has this name and at least these labels. */
  boolean matches(String wantedName, Map<String, String> wantedLabels) {
    return name.equals(wantedName) && labels.entrySet().containsAll(wantedLabels.entrySet());
  }
}
