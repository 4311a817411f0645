/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds what matters in a sequence that fails. */
final class Shrinker {
  private Shrinker() {}

  /** A sequence that fails as well, and from which no action can be dropped. */
  static <A> List<A> shrink(List<A> failing, Predicate<List<A>> fails) {
    List<A> minimal = new ArrayList<>(failing);
    for (int i = minimal.size() - 1; i >= 0; i--) {
      A dropped = minimal.remove(i);
      if (fails.test(minimal)) {
        i = minimal.size();
      } else {
        minimal.add(i, dropped);
      }
    }
    return minimal;
  }
}
