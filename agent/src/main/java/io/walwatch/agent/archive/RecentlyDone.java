/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

/**
 * What became {@code .done} in the last seconds before a checkpoint. A {@code .done} that is found
 * after a restart is news when it was begun after the checkpoint; events come a little late and
 * file times are coarse, so the border is drawn a little early and these are left out by name.
 */
final class RecentlyDone {
  private static final long BORDER_MILLIS = 2_000;
  private static final long KEPT_MILLIS = 10_000;
  private static final int PRUNE_SIZE = 50_000;

  /** Where much was archived at once, hardly anything is old: the next look can wait. */
  private static final int GROWTH = 2;

  private final SegmentTable countedMillis = new SegmentTable();
  private long newsFromMillis = Long.MIN_VALUE;
  private int pruneSize = PRUNE_SIZE;

  /** Begins where a checkpoint left off. */
  void restore(long asOfMillis) {
    newsFromMillis = asOfMillis - BORDER_MILLIS;
  }

  void add(long key, long nowMillis) {
    countedMillis.put(key, nowMillis);
    if (countedMillis.size() > pruneSize) {
      prune(nowMillis);
    }
  }

  /** Whether a {@code .done} was begun after the checkpoint and was not counted before it. */
  boolean isNews(long key, long modifiedMillis) {
    return modifiedMillis >= newsFromMillis && !countedMillis.contains(key);
  }

  /** The keys that a checkpoint written now has to keep. */
  SegmentTable keys(long nowMillis) {
    prune(nowMillis);
    return countedMillis;
  }

  boolean contains(long key) {
    return countedMillis.contains(key);
  }

  private void prune(long nowMillis) {
    countedMillis.retainValues(
        counted -> counted >= nowMillis - KEPT_MILLIS && counted <= nowMillis + KEPT_MILLIS);
    pruneSize = Math.max(PRUNE_SIZE, GROWTH * countedMillis.size());
  }
}
