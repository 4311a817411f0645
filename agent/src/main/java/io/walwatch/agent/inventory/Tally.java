/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.archive.TimelineHistory;
import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.BackupSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what a listing shows, while it is read: a few numbers for each volume, whatever the
 * number of backups.
 */
final class Tally implements BackupSink {
  /** Clocks and zones that differ by less are no reason to doubt a backup. */
  private static final Duration SKEW = Duration.ofHours(1);

  /** Far above the disks of any group; more is not what the operator meant. */
  private static final int MAX_VOLUMES = 10_000;

  /** The two newest good backups of one volume; null where there is none. */
  private static final class Volume {
    private @Nullable Backup newest;
    private @Nullable Backup previous;
    private boolean named;
    private String highestStart = "";

    void add(Backup backup) {
      String start = backup.startSegment().orElse("");
      highestStart = start.compareTo(highestStart) > 0 ? start : highestStart;
      if (newest == null || isNewer(backup, newest)) {
        previous = newest;
        newest = backup;
      } else if (previous == null || isNewer(backup, previous)) {
        previous = backup;
      }
    }

    OptionalLong newestMillis() {
      return newest == null ? OptionalLong.empty() : millis(newest.at());
    }
  }

  private final Map<State, Long> counts = new EnumMap<>(State.class);
  private final Map<String, Volume> volumes = new HashMap<>();
  private boolean tooMany;
  private long backupBytes = -1;
  private long storedBytes = -1;
  private double space = -1;
  private @Nullable Instant oldest;
  private final StoredWal wal;
  private final Instant latest;
  private long fromFuture;
  private long newestBytes;
  private final BackupStarts starts = new BackupStarts();

  /** Of WAL in segments of the usual 16 MB, if of any. */
  Tally(InstantSource clock) {
    this(new StoredWal(WalGeometry.DEFAULT), clock);
  }

  Tally(StoredWal wal, InstantSource clock) {
    this.wal = wal;
    this.latest = clock.instant().plus(SKEW);
    for (State state : State.values()) {
      counts.put(state, 0L);
    }
  }

  @Override
  public void backup(Backup listed) {
    Backup backup = believed(listed);
    counts.merge(backup.state(), 1L, Long::sum);
    backup.sizeBytes().ifPresent(bytes -> backupBytes = Math.max(0, backupBytes) + bytes);
    Volume volume = volumeOf(backup.volume());
    if (backup.state() == State.OK) {
      volume.add(backup);
      backup.startSegment().ifPresent(segment -> starts.add(segment, wal.geometry()));
      Optional<Instant> at = backup.at();
      if (at.isPresent() && (oldest == null || at.get().isBefore(oldest))) {
        oldest = at.get();
        starts.oldest(backup.startSegment().orElse(""));
      }
    }
  }

  /** One from the future is there, and when it was made is unknown: it would be fresh for ever. */
  private Backup believed(Backup backup) {
    if (backup.at().isEmpty() || !backup.at().get().isAfter(latest)) {
      return backup;
    }
    fromFuture++;
    return backup.started(Optional.empty()).finished(Optional.empty());
  }

  @Override
  public void stored(long bytes) {
    storedBytes = Math.max(0, storedBytes) + bytes;
    newestBytes = bytes;
  }

  @Override
  public void walListed() {
    wal.listed(starts, Math.max(0, storedBytes));
  }

  @Override
  public void walListedFrom(String segment) {
    wal.listedFrom(segment, Math.max(0, storedBytes));
  }

  @Override
  public void walFile(String name) {
    wal.add(name, storedBytes - newestBytes);
  }

  /** A history that the store holds, and that could be read. */
  void history(long timeline, TimelineHistory history) {
    wal.history(timeline, history);
  }

  @Override
  public void volume(String name) {
    volumeOf(name).named = true;
  }

  @Override
  public void spaceUsed(double ratio) {
    space = Math.max(space, Math.min(1, Math.max(0, ratio)));
  }

  /** Whether the listing relied on an earlier one that it refutes: it has to be had anew. */
  boolean isRefuted() {
    return wal.isRefuted(starts);
  }

  /**
   * What it comes to.
   *
   * @throws ListingException when there is more than can be kept
   */
  Listing listing() throws ListingException {
    if (tooMany) {
      throw new ListingException("the listing names more than " + MAX_VOLUMES + " volumes");
    }
    if (wal.isBeyondCounting()) {
      throw new ListingException("the WAL in the store has more holes than can be counted");
    }
    Volume best = best();
    boolean namesVolumes = named().findAny().isPresent();
    return new Listing(
        counts,
        fromFuture,
        namesVolumes ? oldestOfNewest() : best.newestMillis(),
        millis(Optional.ofNullable(oldest)),
        best.newest == null ? OptionalLong.empty() : best.newest.sizeBytes(),
        best.previous == null ? OptionalLong.empty() : best.previous.sizeBytes(),
        space < 0 ? OptionalDouble.empty() : OptionalDouble.of(space),
        known(storedBytes < 0 ? backupBytes : storedBytes + wal.bytesLeftOut()),
        namesVolumes ? OptionalLong.of(uncovered()) : OptionalLong.empty(),
        wal.missing(starts),
        wal.lastPosition(),
        highestStart(),
        wal.verified(),
        wal.joinedByNumber(starts));
  }

  /** The volume with the newest good backup of all. */
  private Volume best() {
    Volume best = new Volume();
    for (Volume volume : volumes.values()) {
      if (volume.newest != null && (best.newest == null || isNewer(volume.newest, best.newest))) {
        best = volume;
      }
    }
    return best;
  }

  /** The volumes that ought to have backups; of one that is gone backups may be left. */
  private Stream<Volume> named() {
    return volumes.values().stream().filter(volume -> volume.named);
  }

  /** One stale volume must not hide behind fresh ones; those without any backup are counted. */
  private OptionalLong oldestOfNewest() {
    return named().map(Volume::newestMillis).flatMapToLong(OptionalLong::stream).min();
  }

  /** Of several servers' backups none tells anything about the others' WAL. */
  private Optional<String> highestStart() {
    List<String> starts =
        volumes.values().stream()
            .map(volume -> volume.highestStart)
            .filter(start -> !start.isEmpty())
            .toList();
    return starts.size() == 1 ? Optional.of(starts.get(0)) : Optional.empty();
  }

  private long uncovered() {
    return named().filter(volume -> volume.newest == null).count();
  }

  private Volume volumeOf(String name) {
    if (volumes.size() >= MAX_VOLUMES && !volumes.containsKey(name)) {
      tooMany = true;
      return new Volume();
    }
    return volumes.computeIfAbsent(name, any -> new Volume());
  }

  private static OptionalLong known(long value) {
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static OptionalLong millis(Optional<Instant> at) {
    return at.isPresent() ? OptionalLong.of(at.get().toEpochMilli()) : OptionalLong.empty();
  }

  private static boolean isNewer(Backup backup, Backup other) {
    return backup.at().orElse(Instant.MIN).isAfter(other.at().orElse(Instant.MIN));
  }
}
