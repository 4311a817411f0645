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
 * source nothing is a duplicate. An entry leaves once every source has come past its time; one that
 * has to leave before, since there are too many, is counted: its duplicate could slip through.
 * Written by the loop only.
 */
final class DuplicateFilter {
  /** What an hour between two ways of a busy archiver needs: one record a second. */
  static final int LIMIT = 4_096;

  /** Records of concurrent processes are written a little out of order. */
  private static final long SLACK_MILLIS = 60_000;

  private static final class Entry {
    private final long atMillis;
    private final Map<String, Integer> occurrences = new HashMap<>();

    Entry(long atMillis) {
      this.atMillis = atMillis;
    }

    /** Whether this occurrence in a source has been seen in another. */
    boolean add(String source) {
      int nth = occurrences.merge(source, 1, Integer::sum);
      for (Map.Entry<String, Integer> other : occurrences.entrySet()) {
        if (!other.getKey().equals(source) && other.getValue() >= nth) {
          return true;
        }
      }
      return false;
    }
  }

  private final Map<Long, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Long> newestMillis = new HashMap<>();
  private long sweptMillis = Long.MIN_VALUE;
  private long evictions;

  /** Makes a source known: no entry leaves before it has come past. */
  void expect(String source) {
    newestMillis.putIfAbsent(source, Long.MIN_VALUE);
  }

  /** Nobody reads the source any longer: no entry waits for it. */
  void leave(String source) {
    newestMillis.remove(source);
  }

  /** Entries that left before every source had come past them. */
  long evictions() {
    return evictions;
  }

  /**
   * A record was read.
   *
   * @param textHash hash of its whole normalised text
   * @return whether it was counted before, from another source
   */
  boolean isDuplicate(String source, long textHash, @Nullable Instant at) {
    if (newestMillis.size() < 2) {
      return false;
    }
    long atMillis = at == null ? Long.MAX_VALUE : at.toEpochMilli();
    if (at != null) {
      newestMillis.merge(source, atMillis, Math::max);
    }
    boolean duplicate = entries.computeIfAbsent(textHash, key -> new Entry(atMillis)).add(source);
    if (entries.size() > LIMIT) {
      leave();
    }
    return duplicate;
  }

  private void leave() {
    long slowest =
        newestMillis.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    if (slowest > sweptMillis) {
      // Not again for each record: with a silent source all entries stay, and a log is long.
      sweptMillis = slowest + SLACK_MILLIS;
      entries
          .values()
          .removeIf(
              entry -> entry.atMillis != Long.MAX_VALUE && entry.atMillis + SLACK_MILLIS < slowest);
    }
    Iterator<Long> oldest = entries.keySet().iterator();
    while (entries.size() > LIMIT) {
      oldest.next();
      oldest.remove();
      evictions++;
    }
  }

  void save(Node node) {
    node.put("evictions", evictions);
    Node newest = node.add("newest");
    newestMillis.forEach(newest::put);
    List<Node> saved = new ArrayList<>();
    entries.forEach(
        (hash, entry) -> {
          Node occurrences = new Node();
          entry.occurrences.forEach((source, count) -> occurrences.put(source, count));
          saved.add(new Node().put("hash", hash).put("at", entry.atMillis).put("in", occurrences));
        });
    node.put("entries", saved);
  }

  /** Takes over what was saved; only sources that are expected count on. */
  void restore(Node node, boolean withCounters) {
    if (withCounters) {
      evictions = node.longAt("evictions", 0);
    }
    Node newest = node.at("newest");
    newestMillis.replaceAll((source, millis) -> newest.longAt(source, millis));
    for (Node saved : node.nodesAt("entries")) {
      Entry entry = new Entry(saved.longAt("at", Long.MAX_VALUE));
      Node occurrences = saved.at("in");
      for (String source : occurrences.names()) {
        entry.occurrences.put(source, (int) occurrences.longAt(source, 0));
      }
      entries.put(saved.longAt("hash", 0), entry);
    }
  }
}
