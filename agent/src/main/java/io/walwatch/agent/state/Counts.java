/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.EnumMap;
import java.util.Map;

/**
 * Counters that only grow, one for each constant of an enum. All of them exist from the start at 0.
 * Written by the loop only.
 */
final class Counts<E extends Enum<E>> {
  private final Map<E, Long> values;

  Counts(Class<E> type) {
    this.values = new EnumMap<>(type);
    for (E which : type.getEnumConstants()) {
      values.put(which, 0L);
    }
  }

  void increment(E which) {
    add(which, 1);
  }

  void add(E which, long amount) {
    values.merge(which, amount, Long::sum);
  }

  long get(E which) {
    return values.getOrDefault(which, 0L);
  }

  /** An immutable copy. */
  Map<E, Long> copy() {
    return Map.copyOf(values);
  }

  void save(Node node) {
    values.forEach((which, value) -> node.put(which.name(), value));
  }

  /** Takes over what was saved; a counter that is new in this version stays at 0. */
  void restore(Node node) {
    values.replaceAll((which, value) -> node.longAt(which.name(), 0));
  }
}
