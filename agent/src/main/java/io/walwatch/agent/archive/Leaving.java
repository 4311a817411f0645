/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import org.jspecify.annotations.Nullable;

/** Files whose {@code .ready} went away and whose {@code .done} was not seen yet. */
final class Leaving {
  private final SegmentTable watched = new SegmentTable();
  private final SegmentTable unwatched = new SegmentTable();

  /**
   * Adds one.
   *
   * @param blind whether it may have been archived unseen
   */
  void add(long key, long sinceMillis, boolean blind) {
    (blind ? unwatched : watched).put(key, sinceMillis);
  }

  /** An event told that it went away: it was watched after all. */
  void told(long key) {
    int index = unwatched.find(key);
    if (index >= 0) {
      watched.put(key, unwatched.valueAt(index));
      unwatched.remove(key);
    }
  }

  @Nullable Entry take(long key) {
    Entry entry = take(watched, key);
    return entry == null ? take(unwatched, key) : entry;
  }

  private static @Nullable Entry take(SegmentTable table, long key) {
    int index = table.find(key);
    if (index < 0) {
      return null;
    }
    Entry entry = new Entry(table.valueAt(index));
    table.remove(key);
    return entry;
  }

  /** From now on none of them counts as watched. */
  void blind() {
    for (int i = 0; i < watched.size(); i++) {
      unwatched.put(watched.keyAt(i), watched.valueAt(i));
    }
    watched.clear();
  }

  boolean contains(long key) {
    return watched.contains(key) || unwatched.contains(key);
  }

  boolean isEmpty() {
    return watched.size() == 0 && unwatched.size() == 0;
  }

  SegmentTable watched() {
    return watched;
  }

  SegmentTable unwatched() {
    return unwatched;
  }

  /**
   * One file.
   *
   * @param sinceMillis since when it waited; -1 when that is not known
   */
  record Entry(long sinceMillis) {}
}
