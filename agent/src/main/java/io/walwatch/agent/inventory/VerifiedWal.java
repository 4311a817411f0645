/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * WAL in a store that a look has found whole, so that the next ones need not list it again. A hole
 * that is made in it later, by whatever deletes, is seen by the next look that walks everything.
 *
 * @param from the segment in which the oldest good backup started when everything was walked
 * @param through the segment up to which, itself included, nothing is missing from there
 * @param bytesBelow size of all WAL that comes before {@code through} in the listing
 * @param walk the look that has walked everything
 */
public record VerifiedWal(String from, String through, long bytesBelow, Walk walk) {
  /** No hole, wherever it is, is missed for longer. */
  private static final Duration WALK_EVERY = Duration.ofDays(1);

  /**
   * A look that walks everything.
   *
   * @param millis when
   * @param place says which store; of another one nothing is known
   */
  public record Walk(long millis, String place) {}

  /** The same, with the chain whole up to a later segment. */
  VerifiedWal through(String segment, long bytes) {
    return new VerifiedWal(from, segment, bytes, walk);
  }

  /** Whether a look at this place may rely on it: else the one after it would walk too late. */
  boolean holds(Walk now, Duration lookEvery) {
    long latestNextMillis = now.millis() + lookEvery.toMillis() * 11 / 10;
    return walk.place().equals(now.place())
        && now.millis() >= walk.millis()
        && latestNextMillis <= walk.millis() + WALK_EVERY.toMillis();
  }

  Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("verifiedFrom", from);
    fields.put("verifiedThrough", through);
    fields.put("verifiedBytes", bytesBelow);
    fields.put("walked", walk.millis());
    fields.put("walkedPlace", walk.place());
    return fields;
  }

  /** What {@link #toFields()} has written; empty where a part is missing. */
  static Optional<VerifiedWal> ofFields(Map<String, ?> fields) {
    return fields.get("verifiedFrom") instanceof String from
            && fields.get("verifiedThrough") instanceof String through
            && fields.get("verifiedBytes") instanceof Number bytes
            && fields.get("walked") instanceof Number millis
            && fields.get("walkedPlace") instanceof String place
        ? Optional.of(
            new VerifiedWal(from, through, bytes.longValue(), new Walk(millis.longValue(), place)))
        : Optional.empty();
  }
}
