/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.Scrape;
import io.walwatch.it.prometheus.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a tool itself says of its backups, read from its own JSON without walwatch's parsers.
 *
 * @param good the good ones, the newest first
 */
record Told(List<Good> good, long running, long failed) {
  /** A good backup: when it was complete, in seconds, and its size. */
  record Good(long endedSeconds, long bytes) {}

  /** What {@code pgbackrest info --output=json} says of the only stanza. */
  static Told byPgbackrest(String json) {
    Map<String, Object> stanza = Json.maps(Json.parse("{\"all\": " + json + "}"), "all").get(0);
    List<Good> good = new ArrayList<>();
    long failed = 0;
    for (Map<String, Object> backup : Json.maps(stanza, "backup")) {
      if (Boolean.TRUE.equals(backup.get("error"))) {
        failed++;
      } else {
        good.add(
            new Good(
                Json.number(Json.map(backup, "timestamp"), "stop"),
                Json.number(Json.map(backup, "info"), "size")));
      }
    }
    Map<String, Object> lock = Json.map(Json.map(stanza, "status"), "lock");
    boolean held = Boolean.TRUE.equals(Json.map(lock, "backup").get("held"));
    return new Told(newestFirst(good), held ? 1 : 0, failed);
  }

  /** What {@code barman -f json list-backup} says of the server main. */
  static Told byBarman(String json) {
    List<Good> good = new ArrayList<>();
    long running = 0;
    long failed = 0;
    for (Map<String, Object> backup : Json.maps(Json.parse(json), "main")) {
      switch (String.valueOf(backup.get("status"))) {
        case "DONE" ->
            good.add(
                new Good(
                    Long.parseLong(String.valueOf(backup.get("end_time_timestamp"))),
                    Json.number(backup, "size_bytes")));
        case "FAILED" -> failed++;
        default -> running++;
      }
    }
    return new Told(newestFirst(good), running, failed);
  }

  private static List<Good> newestFirst(List<Good> good) {
    good.sort(Comparator.comparingLong(Good::endedSeconds).reversed());
    return List.copyOf(good);
  }

  /** How many there are, good, running and failed. */
  List<Long> counts() {
    return List.of((long) good.size(), running, failed);
  }

  /** Checks that the metrics say the same, and that the look worked. */
  void assertShownBy(Scrape scrape) {
    assertThat(scrape.value("walwatch_backup_listing_success")).hasValue(1);
    assertThat(List.of(count(scrape, "ok"), count(scrape, "running"), count(scrape, "failed")))
        .isEqualTo(counts());
    assertShown(scrape, "walwatch_backup_last_success_timestamp_seconds", 0, true);
    assertShown(scrape, "walwatch_backup_last_size_bytes", 0, false);
    assertShown(scrape, "walwatch_backup_previous_size_bytes", 1, false);
  }

  private void assertShown(Scrape scrape, String name, int which, boolean time) {
    OptionalDouble told = OptionalDouble.empty();
    if (which < good.size()) {
      Good backup = good.get(which);
      told = OptionalDouble.of(time ? backup.endedSeconds() : backup.bytes());
    }
    assertThat(scrape.value(name)).as(name).isEqualTo(told);
  }

  private static long count(Scrape scrape, String state) {
    return (long) scrape.value("walwatch_backups", "state=" + state).orElse(-1);
  }
}
