/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import java.util.Locale;

/** What Prometheus calls the type. */
public enum MetricKind {
  GAUGE,
  COUNTER,
  HISTOGRAM;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
