/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.walwatch.agent.inventory.Listing;
import io.walwatch.agent.state.InventorySnapshot;
import io.walwatch.parse.Backup.State;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** Backups and snapshots that exist: one family for every provider. */
final class InventoryMetrics {
  private static final List<String> LABELS = List.of("backup", "provider");
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private InventoryMetrics() {}

  static List<Metric> all() {
    MetricList list = new MetricList();
    found(list);
    store(list);
    look(list);
    expected(list);
    return list.toList();
  }

  private static void found(MetricList list) {
    time(
        list,
        "walwatch_backup_last_success_timestamp_seconds",
        "When the newest good backup or snapshot was complete; of several volumes, that of the volume"
            + " where it is oldest.",
        Listing::lastSuccessMillis);
    time(
        list,
        "walwatch_backup_oldest_timestamp_seconds",
        "When the oldest good one was complete: the start of the recovery window.",
        Listing::oldestMillis);
    number(
        list,
        "walwatch_backup_last_size_bytes",
        "Size of the newest good one.",
        Listing::lastSizeBytes);
    number(
        list,
        "walwatch_backup_previous_size_bytes",
        "Size of the good one before it.",
        Listing::previousSizeBytes);
    list.add(
        MetricKind.GAUGE,
        "walwatch_backups",
        List.of("backup", "provider", "state"),
        "How many exist.",
        (snapshot, samples) -> {
          for (InventorySnapshot set : snapshot.backups()) {
            set.listing().ifPresent(listing -> counts(set, listing, samples));
          }
        });
  }

  private static void counts(InventorySnapshot set, Listing listing, Metric.Samples samples) {
    for (State state : State.values()) {
      samples.value(
          listing.counts().getOrDefault(state, 0L),
          set.name(),
          set.provider(),
          state.name().toLowerCase(Locale.ROOT));
    }
  }

  private static void store(MetricList list) {
    gauge(
        list,
        "walwatch_backup_space_ratio",
        "How full the fullest snapshot's space or its pool is, 0 to 1.",
        set -> set.listing().map(Listing::spaceRatio).orElse(OptionalDouble.empty()));
    number(
        list,
        "walwatch_backup_stored_bytes",
        "All that the listing shows, together.",
        Listing::storedBytes);
    number(
        list,
        "walwatch_backup_uncovered_volumes",
        "Volumes of the configured group without any good backup or snapshot.",
        Listing::uncoveredVolumes);
    number(
        list,
        "walwatch_backup_wal_missing_segments",
        "Segments and history files missing in the store between the oldest good backup and the"
            + " newest segment.",
        Listing::walMissingSegments);
    number(
        list,
        "walwatch_backup_wal_last_stored_position_bytes",
        "End of the newest segment found in the store, a WAL position.",
        Listing::walLastPosition);
  }

  private static void look(MetricList list) {
    gauge(
        list,
        "walwatch_backup_listing_success",
        "Whether the last look worked; what it did not find keeps its last known value.",
        set -> set.worked().map(worked -> OptionalDouble.of(worked ? 1 : 0)).orElse(NONE));
    gauge(
        list,
        "walwatch_backup_listing_empty",
        "1 where the last look found nothing at all, so that what was known before is shown, else 0.",
        set -> set.foundNothing().map(empty -> OptionalDouble.of(empty ? 1 : 0)).orElse(NONE));
    gauge(
        list,
        "walwatch_backup_listing_started_timestamp_seconds",
        "When the last look that worked began: what was stored later may not be in it.",
        set -> seconds(set.workedStartMillis()));
    gauge(
        list,
        "walwatch_backup_listing_timestamp_seconds",
        "When the last look that worked ended.",
        set -> seconds(set.workedMillis()));
    gauge(
        list,
        "walwatch_backup_listing_duration_seconds",
        "How long the last look took.",
        set -> set.durationSeconds().map(OptionalDouble::of).orElse(NONE));
    gauge(
        list,
        "walwatch_backup_listing_interval_seconds",
        "How often a look is due, as configured.",
        set -> OptionalDouble.of(set.intervalSeconds()));
  }

  private static void expected(MetricList list) {
    gauge(
        list,
        "walwatch_backup_expected_interval_seconds",
        "How often a new good one is expected, as configured.",
        set -> configured(set.expectedIntervalSeconds()));
    gauge(
        list,
        "walwatch_backup_expected_min_size_bytes",
        "How large each is expected to be at least, as configured.",
        set -> plain(set.expectedMinBytes()));
    gauge(
        list,
        "walwatch_backup_expected_retention_seconds",
        "How old the oldest good one is expected to get, as configured.",
        set -> configured(set.expectedRetentionSeconds()));
    list.add(
        MetricKind.GAUGE,
        "walwatch_backup_server_info",
        List.of("backup", "provider", "server"),
        "Always 1; the labels tell whose backups they are; absent where nobody says.",
        (snapshot, samples) -> {
          for (InventorySnapshot set : snapshot.backups()) {
            snapshot
                .serverOf(set)
                .ifPresent(server -> samples.value(1, set.name(), set.provider(), server));
          }
        });
  }

  private static void time(
      MetricList list, String name, String help, Function<Listing, OptionalLong> millis) {
    gauge(list, name, help, set -> seconds(known(set.listing(), millis)));
  }

  private static void number(
      MetricList list, String name, String help, Function<Listing, OptionalLong> value) {
    gauge(list, name, help, set -> plain(known(set.listing(), value)));
  }

  private static void gauge(
      MetricList list,
      String name,
      String help,
      Function<InventorySnapshot, OptionalDouble> value) {
    list.add(
        MetricKind.GAUGE,
        name,
        LABELS,
        help,
        (snapshot, samples) -> {
          for (InventorySnapshot set : snapshot.backups()) {
            value.apply(set).ifPresent(known -> samples.value(known, set.name(), set.provider()));
          }
        });
  }

  private static OptionalLong known(
      Optional<Listing> listing, Function<Listing, OptionalLong> value) {
    return listing.isPresent() ? value.apply(listing.get()) : OptionalLong.empty();
  }

  private static OptionalDouble seconds(OptionalLong millis) {
    return millis.isPresent() ? OptionalDouble.of(millis.getAsLong() / 1e3) : NONE;
  }

  private static OptionalDouble configured(Optional<Long> seconds) {
    return seconds.map(known -> OptionalDouble.of(known)).orElse(NONE);
  }

  private static OptionalDouble plain(OptionalLong value) {
    return value.isPresent() ? OptionalDouble.of(value.getAsLong()) : NONE;
  }
}
