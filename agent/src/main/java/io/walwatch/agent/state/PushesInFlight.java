/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pushes that began and have not ended. Bounded: the oldest leaves when one more begins above the
 * limit, and its caller counts it as abandoned.
 */
final class PushesInFlight {
  /** Far above WAL-E's pool of 32 for each process; reached only when ends are never seen. */
  static final int LIMIT = 10_000;

  /** For archivers that do not tell their process. */
  private static final long NO_PID = -1;

  private record Key(long pid, String file) {}

  /**
   * A push that began.
   *
   * @param sinceMillis when it began, or when its record was read
   * @param timed whether the record told the time
   */
  record Begun(long sinceMillis, boolean timed) {}

  /** A push that is given up. */
  record Dead(OptionalLong pid, String file, long sinceMillis) {}

  private final Map<Key, Begun> begun = new LinkedHashMap<>();

  int size() {
    return begun.size();
  }

  OptionalLong oldestMillis() {
    return begun.values().stream().mapToLong(Begun::sinceMillis).min();
  }

  Set<Long> processes() {
    return begun.keySet().stream()
        .map(Key::pid)
        .filter(pid -> pid != NO_PID)
        .collect(Collectors.toSet());
  }

  /**
   * A push begins.
   *
   * @return the others that it shows to be dead: the same file begun before, or the oldest above
   *     the limit
   */
  List<Dead> begin(@Nullable Long pid, String file, Begun push) {
    List<Dead> dead = removeIf((key, other) -> key.file.equals(file));
    if (begun.size() >= LIMIT) {
      Iterator<Map.Entry<Key, Begun>> oldest = begun.entrySet().iterator();
      dead.add(dead(oldest.next()));
      oldest.remove();
    }
    begun.put(new Key(pidOf(pid), file), push);
    return dead;
  }

  /** A push ends; returns its begin, or null when that was not seen. */
  @Nullable Begun end(@Nullable Long pid, String file) {
    return begun.remove(new Key(pidOf(pid), file));
  }

  /** A process failed; returns how many of its pushes end with it. */
  int endAllOf(long pid) {
    return removeIf((key, push) -> key.pid == pid).size();
  }

  /** Returns the pushes that began before a moment, and forgets them. */
  List<Dead> expire(long beforeMillis) {
    return removeIf((key, push) -> push.sinceMillis < beforeMillis);
  }

  /** Returns the pushes that belong to processes that are gone, and forgets them. */
  List<Dead> endAllGone(LongPredicate gone) {
    return removeIf((key, push) -> key.pid != NO_PID && gone.test(key.pid));
  }

  /** Forgets all, after a boot; returns them. */
  List<Dead> clear() {
    return removeIf((key, push) -> true);
  }

  private interface Choice {
    boolean matches(Key key, Begun push);
  }

  private List<Dead> removeIf(Choice choice) {
    List<Dead> dead = new ArrayList<>(0);
    Iterator<Map.Entry<Key, Begun>> all = begun.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Key, Begun> entry = all.next();
      if (choice.matches(entry.getKey(), entry.getValue())) {
        dead.add(dead(entry));
        all.remove();
      }
    }
    return dead;
  }

  private static Dead dead(Map.Entry<Key, Begun> entry) {
    long pid = entry.getKey().pid;
    return new Dead(
        pid == NO_PID ? OptionalLong.empty() : OptionalLong.of(pid),
        entry.getKey().file,
        entry.getValue().sinceMillis);
  }

  private static long pidOf(@Nullable Long pid) {
    return pid == null ? NO_PID : pid;
  }

  List<Node> save() {
    return begun.entrySet().stream()
        .map(
            entry ->
                new Node()
                    .put("pid", entry.getKey().pid)
                    .put("file", entry.getKey().file)
                    .put("since", entry.getValue().sinceMillis)
                    .put("timed", entry.getValue().timed))
        .toList();
  }

  void restore(List<Node> saved) {
    for (Node node : saved) {
      String file = node.stringAt("file");
      if (file != null && begun.size() < LIMIT) {
        begun.put(
            new Key(node.longAt("pid", NO_PID), file),
            new Begun(node.longAt("since", 0), node.booleanAt("timed")));
      }
    }
  }
}
