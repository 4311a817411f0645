/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint knows and nobody watches at the moment: a server whose disk is not mounted yet,
 * or whose directory cannot be read for a while. It is not shown, and goes on where it was when it
 * comes back; kept for a month, and of too many those that are away for longest are dropped.
 */
final class Absent<T> {
  static final int LIMIT = 16;
  private static final long PATIENCE_MILLIS = Duration.ofDays(30).toMillis();

  private final Runnable dropped;
  private final Map<String, T> kept = new TreeMap<>();
  private final Map<String, Long> sinceMillis = new TreeMap<>();

  /**
   * Nothing is away.
   *
   * @param dropped told of each that is forgotten since too many are away
   */
  Absent(Runnable dropped) {
    this.dropped = dropped;
  }

  /** Keeps what is not watched, if it has not been away for too long. */
  void keep(String name, T state, long awaySinceMillis, long nowMillis) {
    if (nowMillis - awaySinceMillis >= PATIENCE_MILLIS) {
      return;
    }
    kept.put(name, state);
    sinceMillis.put(name, awaySinceMillis);
    if (kept.size() > LIMIT) {
      sinceMillis.entrySet().stream()
          .min(Comparator.comparing(Map.Entry::getValue))
          .ifPresent(oldest -> take(oldest.getKey()));
      dropped.run();
    }
  }

  /** Gives back what is watched again, null if it is not known. */
  @Nullable T take(String name) {
    sinceMillis.remove(name);
    return kept.remove(name);
  }

  Set<String> names() {
    return Set.copyOf(kept.keySet());
  }

  void forEach(BiConsumer<String, T> consumer) {
    kept.forEach(consumer);
  }

  /** Writes since when each is away. */
  void save(Node node) {
    sinceMillis.forEach(node::put);
  }
}
