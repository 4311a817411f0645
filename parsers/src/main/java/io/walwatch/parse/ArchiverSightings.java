/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which processes were a server's archiver and when, as somebody saw it elsewhere than in the log.
 * Immutable.
 *
 * @param sightings one for each process
 */
public record ArchiverSightings(List<Sighting> sightings) {
  public static final ArchiverSightings NONE = new ArchiverSightings(List.of());

  /** The kernel tells when a process started to a second or two. */
  private static final Duration START_UNCERTAINTY = Duration.ofSeconds(2);

  /**
   * A process that was the archiver for a time.
   *
   * @param started when the process started, to two seconds
   * @param lastSeen when it was last seen to be there
   */
  public record Sighting(long pid, Instant started, Instant lastSeen) {
    private boolean mayHaveBeenThere(Instant at) {
      return !at.isBefore(started.minus(START_UNCERTAINTY)) && !at.isAfter(lastSeen);
    }

    private boolean wasThere(Instant at) {
      return !at.isBefore(started.plus(START_UNCERTAINTY)) && !at.isAfter(lastSeen);
    }
  }

  /** What is known of a process at a moment. */
  public enum Answer {
    ARCHIVER,
    /** Another process was the archiver then, and a server has one only. */
    ANOTHER,
    UNKNOWN
  }

  public ArchiverSightings {
    sightings = List.copyOf(sightings);
  }

  /**
   * Whether a process was the archiver.
   *
   * @param at when, or null where that is not known: then nobody is ruled out
   */
  public Answer of(long pid, @Nullable Instant at) {
    Answer answer = Answer.UNKNOWN;
    // By index: an iterator for each line that may be the archiver's would be garbage.
    for (int i = 0; i < sightings.size(); i++) {
      Sighting sighting = sightings.get(i);
      if (sighting.pid() == pid && (at == null || sighting.mayHaveBeenThere(at))) {
        return Answer.ARCHIVER;
      }
      if (at != null && sighting.wasThere(at)) {
        answer = Answer.ANOTHER;
      }
    }
    return answer;
  }
}
