/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.parse.Backup.State;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one look at a set of backups has found. Immutable. An empty optional says that the listing
 * does not tell.
 *
 * @param counts how many there are, by state; every state is present
 * @param fromFuture how many of them say a time that has not come yet, which nobody believes
 * @param lastSuccessMillis when the newest good one was complete; where the listing names volumes
 *     that ought to have one, the oldest of these times over the volumes that have any
 * @param oldestMillis when the oldest good one was complete: the start of the recovery window
 * @param lastSizeBytes size of the newest good one
 * @param previousSizeBytes size of the good one before it, of the same volume
 * @param spaceRatio how full the fullest snapshot or its pool is, 0 to 1
 * @param storedBytes all that the listing shows, together
 * @param uncoveredVolumes volumes without any good backup, where the listing tells of volumes
 * @param walMissingSegments segments missing in the store, where it was listed
 * @param walLastPosition end of the newest stored segment, a WAL position in bytes
 * @param newestStartSegment the highest segment that a good backup starts in, where the listing
 *     tells and is about one server only
 * @param verifiedWal what the next look at the store need not list again
 * @param walJoinedByNumber the newest timeline, where the way to it is not known, so that what is
 *     missing was counted as if each timeline came from the one before
 */
public record Listing(
    Map<State, Long> counts,
    long fromFuture,
    OptionalLong lastSuccessMillis,
    OptionalLong oldestMillis,
    OptionalLong lastSizeBytes,
    OptionalLong previousSizeBytes,
    OptionalDouble spaceRatio,
    OptionalLong storedBytes,
    OptionalLong uncoveredVolumes,
    OptionalLong walMissingSegments,
    OptionalLong walLastPosition,
    Optional<String> newestStartSegment,
    Optional<VerifiedWal> verifiedWal,
    OptionalLong walJoinedByNumber) {
  public Listing {
    counts = Map.copyOf(counts);
  }

  /** Whether it shows no backup at all, in whatever state. */
  public boolean isEmpty() {
    return counts.values().stream().allMatch(count -> count == 0);
  }

  /** What is odd about it, though the look worked; empty where nothing is. */
  public String doubt() {
    if (fromFuture > 0) {
      return fromFuture
          + " backups are from the future and do not count as the newest: which clock is wrong?";
    }
    return walJoinedByNumber.isPresent()
        ? "the history of timeline "
            + walJoinedByNumber.getAsLong()
            + " is not known, or no good backup leads to it: its WAL is joined by number, and what is"
            + " missing may be wrong"
        : "";
  }

  /** As names and numbers, to be written down. */
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (State state : State.values()) {
      fields.put(state.name().toLowerCase(Locale.ROOT), counts.getOrDefault(state, 0L));
    }
    fields.put("fromFuture", fromFuture);
    put(fields, "lastSuccess", lastSuccessMillis);
    put(fields, "oldest", oldestMillis);
    put(fields, "lastSize", lastSizeBytes);
    put(fields, "previousSize", previousSizeBytes);
    spaceRatio.ifPresent(ratio -> fields.put("space", ratio));
    put(fields, "stored", storedBytes);
    put(fields, "uncovered", uncoveredVolumes);
    put(fields, "walMissing", walMissingSegments);
    put(fields, "walLast", walLastPosition);
    put(fields, "walJoined", walJoinedByNumber);
    newestStartSegment.ifPresent(segment -> fields.put("start", segment));
    verifiedWal.ifPresent(verified -> fields.putAll(verified.toFields()));
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, OptionalLong value) {
    value.ifPresent(known -> fields.put(name, known));
  }

  /** What {@link #toFields()} has written; what is not there is not known. */
  public static Listing ofFields(Map<String, ?> fields) {
    Map<State, Long> counts = new EnumMap<>(State.class);
    for (State state : State.values()) {
      counts.put(state, number(fields, state.name().toLowerCase(Locale.ROOT)).orElse(0));
    }
    return new Listing(
        counts,
        number(fields, "fromFuture").orElse(0),
        number(fields, "lastSuccess"),
        number(fields, "oldest"),
        number(fields, "lastSize"),
        number(fields, "previousSize"),
        fields.get("space") instanceof Number ratio
            ? OptionalDouble.of(ratio.doubleValue())
            : OptionalDouble.empty(),
        number(fields, "stored"),
        number(fields, "uncovered"),
        number(fields, "walMissing"),
        number(fields, "walLast"),
        fields.get("start") instanceof String segment ? Optional.of(segment) : Optional.empty(),
        VerifiedWal.ofFields(fields),
        number(fields, "walJoined"));
  }

  private static OptionalLong number(Map<String, ?> fields, String name) {
    return fields.get(name) instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }
}
