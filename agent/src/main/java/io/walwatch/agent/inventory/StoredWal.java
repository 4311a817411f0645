/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.archive.TimelineHistory;
import io.walwatch.agent.archive.WalGeometry;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The WAL in a store: what a listing shows of it, and what an earlier one has verified. */
final class StoredWal {
  private final WalGeometry geometry;
  private final Map<Long, TimelineHistory> histories;
  private final WalChain shown;
  private final VerifiedWal.Walk walk;
  private final @Nullable VerifiedWal earlier;
  private @Nullable VerifiedWal reliedOn;
  private @Nullable WholeChain whole;
  private boolean isListed;
  private long bytesBefore;

  /** Of a listing that shows everything, and is not the beginning of others. */
  StoredWal(WalGeometry geometry) {
    this(geometry, new VerifiedWal.Walk(0, ""), Optional.empty(), Map.of());
  }

  /**
   * Nothing is listed yet.
   *
   * @param walk this one
   * @param earlier what need not be listed again; whether it is, the listing tells
   * @param histories of the timelines, as far as they are known
   */
  StoredWal(
      WalGeometry geometry,
      VerifiedWal.Walk walk,
      Optional<VerifiedWal> earlier,
      Map<Long, TimelineHistory> histories) {
    this.geometry = geometry;
    this.histories = new TreeMap<>(histories);
    this.shown = new WalChain(geometry);
    this.walk = walk;
    this.earlier = earlier.orElse(null);
  }

  WalGeometry geometry() {
    return geometry;
  }

  /** A history that the store itself holds. */
  void history(long timeline, TimelineHistory history) {
    histories.put(timeline, history);
  }

  /**
   * All of it is listed.
   *
   * @param starts where good backups start, as far as they are known by now
   * @param storedBytes size of all that came before
   */
  void listed(BackupStarts starts, long storedBytes) {
    Optional<WalWay> way = wayTo(histories.keySet().stream().max(Long::compare).orElse(0L));
    listed(start(starts, way), way, storedBytes);
  }

  /** What is not below this segment is listed, as was asked for. */
  void listedFrom(String segment, long storedBytes) {
    listed(segment, wayTo(histories.keySet().stream().max(Long::compare).orElse(0L)), storedBytes);
    reliedOn = earlier;
  }

  private void listed(String start, Optional<WalWay> way, long storedBytes) {
    isListed = true;
    bytesBefore = storedBytes;
    whole = new WholeChain(geometry, start, way);
  }

  /** Where it is known. */
  private Optional<WalWay> wayTo(long timeline) {
    return Optional.ofNullable(histories.get(timeline))
        .map(history -> new WalWay(timeline, history, geometry));
  }

  /** Of all backups that lead there, where the first starts; else where the oldest does. */
  private String start(BackupStarts starts, Optional<WalWay> way) {
    return way.flatMap(known -> starts.firstOn(known, geometry)).orElse(starts.oldest());
  }

  /**
   * A WAL file.
   *
   * @param storedBytes size of all that came before it
   */
  void add(String name, long storedBytes) {
    shown.add(name);
    if (whole != null) {
      whole.add(name, storedBytes - bytesBefore);
    }
  }

  /** Whether there were more holes than can be counted. */
  boolean isBeyondCounting() {
    return shown.isBeyondCounting();
  }

  /**
   * Whether what was verified does not hold any more, so that everything has to be walked: its last
   * segment is gone, or on no way that leads on, or there is a good backup that starts below it.
   */
  boolean isRefuted(BackupStarts starts) {
    VerifiedWal below = reliedOn;
    if (below == null) {
      return false;
    }
    Optional<WalWay> way = wayTo(shown.newestTimeline());
    String start = start(starts, way);
    return end().isEmpty()
        || (!start.isEmpty() && start.compareTo(below.from()) < 0)
        || (way.isPresent() && !begins(way.get(), below.through()));
  }

  private boolean begins(WalWay way, String segment) {
    OptionalLong number = WalChain.numberOf(segment, geometry);
    return number.isPresent() && way.begins(WalChain.timelineOf(segment), number.getAsLong());
  }

  /** Segments and history files that are missing from where the first good backup starts. */
  OptionalLong missing(BackupStarts starts) {
    if (!isListed) {
      return OptionalLong.empty();
    }
    Optional<WalWay> way = wayTo(shown.newestTimeline());
    VerifiedWal below = reliedOn;
    String first = start(starts, way);
    String from =
        below == null || first.isEmpty() || first.compareTo(below.through()) >= 0
            ? first
            : below.through();
    return way.isPresent() && begins(way.get(), from)
        ? OptionalLong.of(shown.missing(from, way.get()))
        : shown.missing(from, first);
  }

  /**
   * The newest timeline, where it is joined by number to those before: its history is not known, or
   * no good backup leads to it.
   */
  OptionalLong joinedByNumber(BackupStarts starts) {
    long newest = shown.newestTimeline();
    Optional<WalWay> way = wayTo(newest);
    String first = start(starts, way);
    boolean isJoined =
        isListed
            && WalChain.numberOf(first, geometry).isPresent()
            && WalChain.timelineOf(first) < newest
            && !(way.isPresent() && begins(way.get(), first));
    return isJoined ? OptionalLong.of(newest) : OptionalLong.empty();
  }

  /** End of the newest segment, a WAL position. */
  OptionalLong lastPosition() {
    return isListed ? shown.lastPosition() : OptionalLong.empty();
  }

  /** Size of what was left out, since it was verified earlier. */
  long bytesLeftOut() {
    return reliedOn == null ? 0 : reliedOn.bytesBelow();
  }

  /** What the next listing may leave out. */
  Optional<VerifiedWal> verified() {
    VerifiedWal below = reliedOn;
    WholeChain chain = whole;
    String start = chain == null ? "" : chain.start();
    return end()
        .map(
            end ->
                below == null
                    ? new VerifiedWal(start, end.segment(), end.bytesBelow(), walk)
                    : below.through(end.segment(), below.bytesBelow() + end.bytesBelow()));
  }

  private Optional<WholeChain.End> end() {
    return whole == null ? Optional.empty() : whole.end();
  }
}
