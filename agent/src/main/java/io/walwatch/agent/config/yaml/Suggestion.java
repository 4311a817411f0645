/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeSet;

/** Helps with a name that is not known: the one that was meant, or all that there are. */
public final class Suggestion {
  private Suggestion() {}

  /** Such as {@code did you mean "listen"?} or {@code known are "a", "b"}. */
  public static String forName(String wrong, Collection<String> known) {
    TreeSet<String> names = new TreeSet<>(known);
    return names.stream()
        .filter(name -> wrong.length() <= 2 * name.length())
        .filter(name -> distance(wrong, name) <= Math.max(1, wrong.length() / 3))
        .min(Comparator.comparingInt(name -> distance(wrong, name)))
        .map(name -> "did you mean \"" + name + "\"?")
        .orElseGet(() -> "known are \"" + String.join("\", \"", names) + "\"");
  }

  /** Letters to add, drop, change or swap, upper and lower case being the same. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, cost);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int i, int j, int[][] cost) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
    least = Math.min(least, cost[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
