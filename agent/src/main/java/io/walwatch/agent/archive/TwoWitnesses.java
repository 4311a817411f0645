/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.parse.WalFile;
import io.walwatch.parse.WalFileKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The log and the disk set against each other, over the last 1,000 segments of one server. The log
 * says that a push completed, the disk that {@code .ready} became {@code .done}; one should follow
 * the other within the push time-out, in whichever order they are read. Used on the loop's thread
 * only.
 */
public final class TwoWitnesses {
  /** The oldest segment is forgotten for a new one. */
  static final int CAPACITY = 1_000;

  private static final long NEVER = Long.MIN_VALUE;

  private final Map<String, Sighting> sightings = new LinkedHashMap<>();
  private long listeningSinceMillis = Long.MAX_VALUE;

  /**
   * What was seen of one segment, in milliseconds since the epoch; empty is the smallest number.
   *
   * @param segment its name
   * @param archivedMillis when it last became {@code .done}
   * @param pushedMillis when a push first completed since then, or before the first time
   */
  public record Sighting(String segment, long archivedMillis, long pushedMillis) {
    private Sighting archived(long atMillis) {
      return new Sighting(segment, atMillis, pushedMillis);
    }

    /** A push that completes again while its command fails has waited since the first time. */
    private Sighting pushed(long atMillis) {
      boolean isFirst = pushedMillis == NEVER || pushedMillis < archivedMillis;
      return isFirst ? new Sighting(segment, archivedMillis, atMillis) : this;
    }
  }

  /**
   * A log is read from now on: what was archived earlier may have its record in a part that nobody
   * reads. Until this is called nothing counts as unlogged.
   */
  public void listeningSince(long nowMillis) {
    listeningSinceMillis = nowMillis;
  }

  /** The disk: {@code .ready} became {@code .done}. */
  public void archived(WalFile file, long atMillis) {
    if (file.kind() == WalFileKind.SEGMENT) {
      put(sighting(file).archived(atMillis));
    }
  }

  /** The log: a push of it completed, or was skipped on purpose. */
  public void pushed(WalFile file, long atMillis) {
    if (file.kind() == WalFileKind.SEGMENT) {
      put(sighting(file).pushed(atMillis));
    }
  }

  private Sighting sighting(WalFile file) {
    Sighting known = sightings.get(file.name());
    return known == null ? new Sighting(file.name(), NEVER, NEVER) : known;
  }

  private void put(Sighting sighting) {
    sightings.put(sighting.segment(), sighting);
    if (sightings.size() > CAPACITY) {
      sightings.remove(sightings.keySet().iterator().next());
    }
  }

  /** Segments archived for longer than the time-out, of which the log has never told a push. */
  public long unlogged(long nowMillis, long timeoutMillis) {
    return sightings.values().stream()
        .filter(seen -> seen.pushedMillis() == NEVER)
        .filter(seen -> seen.archivedMillis() >= listeningSinceMillis)
        .filter(seen -> nowMillis - seen.archivedMillis() > timeoutMillis)
        .count();
  }

  /**
   * Segments that the log told pushed for longer than the time-out, and that wait all the same.
   *
   * @param isReady whether the segment with this name waits now
   */
  public long unarchived(long nowMillis, long timeoutMillis, Predicate<String> isReady) {
    return sightings.values().stream()
        .filter(seen -> seen.pushedMillis() != NEVER)
        .filter(seen -> seen.pushedMillis() >= seen.archivedMillis())
        .filter(seen -> nowMillis - seen.pushedMillis() > timeoutMillis)
        .filter(seen -> isReady.test(seen.segment()))
        .count();
  }

  /** What to keep over a restart, the oldest first. */
  public List<Sighting> memory() {
    return new ArrayList<>(sightings.values());
  }

  /** Takes back what {@link #memory} gave. */
  public void restore(List<Sighting> memory) {
    memory.forEach(this::put);
  }
}
