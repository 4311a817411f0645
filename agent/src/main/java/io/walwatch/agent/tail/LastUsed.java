/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A map of what was used last: what is forgotten is found out again. Directories and files come and
 * go by the day, and the agent runs for years.
 */
final class LastUsed<K, V> extends LinkedHashMap<K, V> {
  /** Far above what one source reads from at a time. */
  static final int LIMIT = 10_000;

  private static final long serialVersionUID = 1L;

  private final transient Consumer<V> forgotten;

  /**
   * Empty.
   *
   * @param forgotten told of each entry that has to go
   */
  LastUsed(Consumer<V> forgotten) {
    super(16, 0.75f, true);
    this.forgotten = forgotten;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    boolean tooMany = size() > LIMIT;
    if (tooMany) {
      forgotten.accept(eldest.getValue());
    }
    return tooMany;
  }
}
