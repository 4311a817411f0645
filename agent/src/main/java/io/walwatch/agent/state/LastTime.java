/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * When something happened last. A time in the future is a wrong clock's, or somebody's who wants
 * silence: kept, it would hide for years that nothing happens any longer. So it is not taken, and
 * what was taken while the host's clock was ahead is unknown when the clock is set back. Written by
 * the loop only.
 */
final class LastTime {
  /** Clocks that differ by less are taken for right. */
  static final Duration SKEW = Duration.ofMinutes(5);

  private final InstantSource clock;
  private OptionalLong millis = OptionalLong.empty();

  LastTime(InstantSource clock) {
    this.clock = clock;
  }

  /** The time, or null where it is in the future. */
  static @Nullable Instant believed(@Nullable Instant at, InstantSource clock) {
    return at == null || at.isAfter(clock.instant().plus(SKEW)) ? null : at;
  }

  /** It happened at that time, which may be earlier than another one. */
  void happened(long atMillis) {
    if (isBelieved(atMillis)) {
      millis = OptionalLong.of(Math.max(atMillis, millis().orElse(atMillis)));
    }
  }

  /** When it happened last; empty when that is not known. */
  OptionalLong millis() {
    return millis.isPresent() && isBelieved(millis.getAsLong()) ? millis : OptionalLong.empty();
  }

  private boolean isBelieved(long atMillis) {
    return atMillis - SKEW.toMillis() <= clock.millis();
  }

  void save(Node node, String name) {
    node.put(name, millis);
  }

  void restore(Node node, String name) {
    millis = node.longAt(name);
  }
}
