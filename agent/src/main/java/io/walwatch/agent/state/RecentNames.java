/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The last names that were added, oldest first, up to a limit. */
final class RecentNames {
  private final Set<String> names = new LinkedHashSet<>();
  private final int limit;

  RecentNames(int limit) {
    this.limit = limit;
  }

  /** Adds a name as the newest; returns false when it was there already. */
  boolean add(String name) {
    boolean fresh = !names.remove(name);
    names.add(name);
    if (names.size() > limit) {
      Iterator<String> oldest = names.iterator();
      oldest.next();
      oldest.remove();
    }
    return fresh;
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  boolean remove(String name) {
    return names.remove(name);
  }

  List<String> save() {
    return List.copyOf(names);
  }

  void restore(List<String> saved) {
    saved.forEach(this::add);
  }
}
