/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.demo;

import io.walwatch.it.agent.Scrape;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;

/** One line for people out of one scrape. All of it comes from {@code /metrics}. */
final class StatusLine {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private StatusLine() {}

  static String of(Scrape scrape, Instant now) {
    return CLOCK.format(now)
        + "Z  archived "
        + count(scrape, "walwatch_archive_archived_files_total")
        + ", waiting "
        + count(scrape, "walwatch_archive_ready_files")
        + oldest(scrape, now)
        + "; pushes begun "
        + count(scrape, "walwatch_push_started_total")
        + ": completed "
        + count(scrape, "walwatch_push_completed_total")
        + ", failed "
        + count(scrape, "walwatch_push_failed_total")
        + ", abandoned "
        + count(scrape, "walwatch_push_abandoned_total")
        + ", in flight "
        + count(scrape, "walwatch_push_in_flight")
        + "; archive_command failed "
        + count(scrape, "walwatch_archive_command_failures_total", "cause=exit")
        + " times by exit code"
        + lastExitCode(scrape)
        + ", "
        + count(scrape, "walwatch_archive_command_failures_total", "cause=signal")
        + " times by signal";
  }

  private static long count(Scrape scrape, String name, String... labels) {
    return Math.round(scrape.sum(name, labels));
  }

  private static String oldest(Scrape scrape, Instant now) {
    OptionalDouble since = scrape.value("walwatch_archive_oldest_ready_timestamp_seconds");
    if (since.isEmpty()) {
      return "";
    }
    long seconds = Math.max(0, Math.round(now.toEpochMilli() / 1000.0 - since.getAsDouble()));
    return " (the oldest for " + seconds + " s)";
  }

  private static String lastExitCode(Scrape scrape) {
    OptionalDouble code = scrape.value("walwatch_archive_command_last_exit_code");
    return code.isEmpty() ? "" : " (the last " + Math.round(code.getAsDouble()) + ")";
  }
}
