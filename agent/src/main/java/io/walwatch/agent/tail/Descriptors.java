/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes room for the files that paths lead to, of whatever many: a stream holds no more descriptors
 * of them than it may. What was rotated is opened beside them, without asking, and goes first.
 */
final class Descriptors {
  private final Tailing tailing;
  private final List<Generation> generations;

  Descriptors(Tailing tailing, List<Generation> generations) {
    this.tailing = tailing;
    this.generations = generations;
  }

  /**
   * If there are too many descriptors, lets a file go that is read to its end: of those that no
   * path leads to one that was idle for as long as a rotated one is waited for, else one that is
   * opened again if it grows, and only then one that no path leads to any more.
   */
  boolean makeRoom() {
    long now = tailing.nowNanos();
    List<Generation> open = generations.stream().filter(Generation::isOpen).toList();
    if (open.size() < tailing.limits().maxOpenFiles()) {
      return true;
    }
    long patience = tailing.limits().lateWriter().toNanos();
    return letGoOne(open, g -> !g.isNamed() && g.idleNanos(now) >= patience)
        || letGoOne(open, Generation::isNamed)
        || letGoOne(open, g -> !g.isNamed());
  }

  /** Lets go which of them was idle for longest; returns whether there was one. */
  private boolean letGoOne(List<Generation> open, Predicate<Generation> which) {
    long now = tailing.nowNanos();
    return open.stream()
        .filter(which)
        .sorted(Comparator.comparing((Generation g) -> g.idleNanos(now)).reversed())
        .filter(Descriptors::isReadToEnd)
        .findFirst()
        .map(this::letGo)
        .orElse(false);
  }

  private boolean letGo(Generation generation) {
    if (!generation.isNamed()) {
      // Who still writes to it writes to nobody, unless it is found beside its path.
      generation.feeding().finish();
      tailing.events().limited(TailBound.FILES, 1);
    }
    try {
      generation.close();
    } catch (IOException e) {
      tailing.troubles().failed(generation.path().toString(), e);
    }
    return true;
  }

  /** Whether nothing is left to be read at this moment, as far as can be seen. */
  private static boolean isReadToEnd(Generation generation) {
    LogFile open = generation.file();
    try {
      return generation.lagBytes() == 0
          && (generation.isCopy() || open == null || open.sizeBytes() <= generation.offset());
    } catch (IOException ignored) {
      // Whoever reads it next tells of it.
      return false;
    }
  }
}
