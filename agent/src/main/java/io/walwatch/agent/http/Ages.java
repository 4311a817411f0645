/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How long something took or is ago, for people: two units at most. */
final class Ages {
  private Ages() {}

  /** Such as {@code 45 s}, {@code 3 min}, {@code 2 h 5 min} and {@code 4 d 3 h}. */
  static String text(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + " min";
    }
    long hours = minutes / 60;
    return hours < 24
        ? hours + " h " + minutes % 60 + " min"
        : hours / 24 + " d " + hours % 24 + " h";
  }

  /** The time in UTC, and how long ago that is. */
  static String of(Instant time, Instant now) {
    String stamp =
        time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    return time.isAfter(now) ? stamp : stamp + " (" + text(Duration.between(time, now)) + " ago)";
  }
}
