/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a record that comes a second way from one that happened twice. WAL-E writes to stderr and
 * to syslog by default, so one record reaches a server's logs by two ways, perhaps an hour apart.
 *
 * <p>The n-th occurrence of a text in one source is the n-th occurrence in another; within one
 * source nothing is a duplicate. An entry leaves once it came by every way, or once every source
 * has come past its time. One that has to leave before, since there are too many, does no harm by
 * itself: what is counted are the records that come later and may have left so. Written by the loop
 * only.
 */
final class DuplicateFilter {
  /** Four records a second, where one way is an hour behind another. */
  static final int LIMIT = 16_384;

  /** From here on, who is ahead had better wait: the rest is room for what is read before that. */
  private static final int CROWDED = LIMIT / 2;

  /** Records of concurrent processes are written a little out of order. */
  private static final long SLACK_MILLIS = 60_000;

  /** A sweep looks at all entries; so seldom it costs a few steps for each record. */
  private static final int RECORDS_BETWEEN_SWEEPS = 1_024;

  private static final long UNTIMED = Long.MAX_VALUE;

  private static final class Way {
    private long newestMillis = Long.MIN_VALUE;

    /** Up to this time entries left that this source had not come past. */
    private long forgottenMillis = Long.MIN_VALUE;

    boolean isForgotten(long millis) {
      return forgottenMillis > Long.MIN_VALUE && millis <= forgottenMillis;
    }

    boolean isPast(long millis) {
      return millis != UNTIMED && millis + SLACK_MILLIS < newestMillis;
    }
  }

  private final Map<Long, DuplicateEntry> entries = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<Way> ways = new ArrayList<>();
  private int recordsSinceSweep;
  private long evictions;

  /** What is restored once the sources are known that are back; null where nothing waits. */
  private @Nullable Node away;

  /** Makes a source known: no entry leaves before it has come past. */
  void expect(String source) {
    if (!names.contains(source)) {
      names.add(source);
      ways.add(new Way());
    }
  }

  /** Nobody reads the source any longer: no entry waits for it. */
  void leave(String source) {
    int index = names.indexOf(source);
    if (index >= 0) {
      names.remove(index);
      ways.remove(index);
      entries.values().forEach(entry -> entry.leave(index));
      entries.values().removeIf(entry -> entry.isEven(ways.size()));
    }
  }

  /** Records that came after entries of their time had to leave: they may be counted twice. */
  long evictions() {
    return evictions;
  }

  /** Whether so much is remembered for sources behind that those ahead had better wait. */
  boolean isCrowded() {
    if (entries.size() > CROWDED) {
      sweep();
    }
    return entries.size() > CROWDED;
  }

  /** The time of a source's newest record, the least number when none had a time. */
  long newestMillis(String source) {
    comeBack();
    int way = names.indexOf(source);
    return way < 0 ? Long.MIN_VALUE : ways.get(way).newestMillis;
  }

  /**
   * A record was read.
   *
   * @param textHash hash of its whole normalised text
   * @return whether it was counted before, from another source
   */
  boolean isDuplicate(String source, long textHash, @Nullable Instant at) {
    comeBack();
    if (ways.size() < 2) {
      return false;
    }
    // What a source that was left still held open may come after it was left.
    expect(source);
    int index = names.indexOf(source);
    Way way = ways.get(index);
    long atMillis = at == null ? UNTIMED : at.toEpochMilli();
    if (at != null) {
      way.newestMillis = Math.max(way.newestMillis, atMillis);
    }
    recordsSinceSweep++;
    DuplicateEntry entry = entries.get(textHash);
    if (entry == null) {
      long millis = at == null ? way.newestMillis : atMillis;
      boolean isForgotten = way.isForgotten(millis);
      evictions += isForgotten ? 1 : 0;
      if (isForgotten && !isAwaited(way, millis)) {
        return false;
      }
      entry = new DuplicateEntry(atMillis);
      entries.put(textHash, entry);
    }
    boolean duplicate = entry.add(index);
    if (entry.isEven(ways.size())) {
      entries.remove(textHash);
    }
    makeRoom();
    return duplicate;
  }

  /** Whether another source may still bring it; if not, it would only push out another. */
  private boolean isAwaited(Way way, long millis) {
    return ways.stream().anyMatch(other -> other != way && other.newestMillis < millis);
  }

  private void makeRoom() {
    if (entries.size() > LIMIT && recordsSinceSweep >= RECORDS_BETWEEN_SWEEPS) {
      sweep();
    }
    Iterator<DuplicateEntry> oldest = entries.values().iterator();
    while (entries.size() > LIMIT) {
      forget(oldest.next());
      oldest.remove();
    }
  }

  private void sweep() {
    recordsSinceSweep = 0;
    entries.values().removeIf(entry -> ways.stream().allMatch(way -> way.isPast(entry.atMillis())));
  }

  private void forget(DuplicateEntry entry) {
    if (entry.atMillis() == UNTIMED) {
      // Nobody can tell when it would come again.
      evictions++;
      return;
    }
    int most = entry.most();
    for (int i = 0; i < ways.size(); i++) {
      Way way = ways.get(i);
      if (entry.of(i) < most && !way.isPast(entry.atMillis())) {
        way.forgottenMillis = Math.max(way.forgottenMillis, entry.atMillis());
      }
    }
  }

  void save(Node node) {
    if (away != null && names.isEmpty()) {
      node.values().putAll(away.values());
      node.put("evictions", evictions);
      return;
    }
    comeBack();
    node.put("evictions", evictions);
    Node newest = node.add("newest");
    Node forgotten = node.add("forgotten");
    for (int i = 0; i < ways.size(); i++) {
      newest.put(names.get(i), ways.get(i).newestMillis);
      forgotten.put(names.get(i), ways.get(i).forgottenMillis);
    }
    node.put("sources", names);
    node.put("packed", DuplicateEntry.pack(entries, names.size()));
  }

  /**
   * Takes over what was saved; only sources that are expected count on. Where none is, the server
   * is away, and which of them come back with it shows when the first of them is read.
   */
  void restore(Node node, boolean withCounters) {
    if (withCounters) {
      evictions = node.longAt("evictions", 0);
    }
    away = node;
    if (!names.isEmpty()) {
      comeBack();
    }
  }

  private void comeBack() {
    if (away != null) {
      Node saved = away;
      away = null;
      restoreWays(saved);
    }
  }

  private void restoreWays(Node node) {
    for (int i = 0; i < ways.size(); i++) {
      Way way = ways.get(i);
      way.newestMillis = node.at("newest").longAt(names.get(i), way.newestMillis);
      way.forgottenMillis = node.at("forgotten").longAt(names.get(i), way.forgottenMillis);
    }
    String packed = node.stringAt("packed");
    if (packed == null) {
      restoreEntries(node);
    } else {
      List<Integer> indexes = node.stringsAt("sources").stream().map(names::indexOf).toList();
      entries.putAll(DuplicateEntry.unpack(packed, indexes));
    }
  }

  /** As it was written before entries were packed. */
  private void restoreEntries(Node node) {
    for (Node saved : node.nodesAt("entries")) {
      Map<Integer, Integer> occurrences = new HashMap<>();
      Node in = saved.at("in");
      for (String source : in.names()) {
        occurrences.put(names.indexOf(source), (int) in.longAt(source, 0));
      }
      DuplicateEntry entry = new DuplicateEntry(saved.longAt("at", UNTIMED));
      occurrences.forEach(entry::set);
      entries.put(saved.longAt("hash", 0), entry);
    }
  }
}
