/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Since when something has been so. One thread. */
final class Since {
  private final InstantSource clock;
  private final long longMillis;
  private final Map<String, Long> sinceMillis = new HashMap<>();

  Since(InstantSource clock, Duration aLongTime) {
    this.clock = clock;
    this.longMillis = aLongTime.toMillis();
  }

  /** Notes that it is so, and returns whether it has been for a long time. */
  boolean isLong(String name) {
    long now = clock.millis();
    long since = sinceMillis.computeIfAbsent(name, any -> now);
    if (now < since) {
      // The clock was set back: the time begins again.
      sinceMillis.put(name, now);
    }
    return now - since >= longMillis;
  }

  void forget(String name) {
    sinceMillis.remove(name);
  }

  void retain(Set<String> names) {
    sinceMillis.keySet().retainAll(names);
  }
}
