/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which failure leaves where one too many is kept: the oldest of the kind that has most, and among
 * these of the job, server or set that has most. So a storm of one kind takes no place of another,
 * and neither do a hundred jobs with invented names.
 */
public final class FairShare {
  private FairShare() {}

  /**
   * The one that leaves.
   *
   * @param kept the oldest first; not empty
   */
  public static Failure leaving(Collection<Failure> kept) {
    return most(most(kept, Failure::kind), Failure::subject).get(0);
  }

  /** The largest group; of equal ones that whose first came first. */
  private static List<Failure> most(Collection<Failure> kept, Function<Failure, Object> group) {
    Map<Object, List<Failure>> groups = kept.stream().collect(Collectors.groupingBy(group));
    List<Failure> most = List.of();
    for (Failure failure : kept) {
      List<Failure> own = groups.getOrDefault(group.apply(failure), List.of());
      most = own.size() > most.size() ? own : most;
    }
    return most;
  }
}
