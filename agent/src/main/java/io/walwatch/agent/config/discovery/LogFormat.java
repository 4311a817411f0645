/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import java.util.Locale;

/** The formats that PostgreSQL's log collector writes, the most telling first. */
enum LogFormat {
  JSONLOG(".json"),
  CSVLOG(".csv"),
  STDERR(".log");

  private final String suffix;

  LogFormat(String suffix) {
    this.suffix = suffix;
  }

  String suffix() {
    return suffix;
  }

  /** As in log_destination and in current_logfiles, and the name of the framing. */
  String formatName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
