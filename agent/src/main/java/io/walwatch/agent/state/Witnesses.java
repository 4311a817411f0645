/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The log and the disk, set against each other over the last segments. Neither is derived from the
 * other; what one has said and the other has not for too long is counted. Written by the loop only.
 */
final class Witnesses {
  private static final int LIMIT = 1_000;

  private record Completion(String archiver, long atMillis) {}

  private final Map<String, Long> unlogged = new LinkedHashMap<>();
  private final Map<String, Completion> unarchived = new LinkedHashMap<>();
  private final RecentNames logged = new RecentNames(LIMIT);
  private final RecentNames pushed = new RecentNames(LIMIT);
  private final RecentNames archived = new RecentNames(LIMIT);
  private final Runnable forgotten;
  private long readSinceMillis;

  /**
   * Nothing is known yet.
   *
   * @param readSinceMillis since when the logs are read: a push that began before may have said so
   *     where nobody read it
   * @param forgotten run for each segment that there is no room for
   */
  Witnesses(long readSinceMillis, Runnable forgotten) {
    this.forgotten = forgotten;
    this.readSinceMillis = readSinceMillis;
  }

  /**
   * The disk says that a segment was handed over.
   *
   * @param readyMillis since when it waited
   */
  void archivedOnDisk(String segment, long readyMillis, long atMillis) {
    archived.add(segment);
    unarchived.remove(segment);
    if (readyMillis >= readSinceMillis && !logged.contains(segment)) {
      put(unlogged, segment, atMillis);
    }
  }

  /** The disk says that a segment waits no longer, for whatever reason. */
  void goneFromDisk(String segment) {
    unarchived.remove(segment);
  }

  /** Somebody tells for the first time: what was handed over in silence before proves nothing. */
  void logBegins() {
    unlogged.clear();
  }

  /** The log says that a segment was pushed. */
  void completedInLog(String segment, String archiver, long atMillis) {
    skippedInLog(segment);
    pushed.add(segment);
    if (!archived.contains(segment)) {
      put(unarchived, segment, new Completion(archiver, atMillis));
    }
  }

  /** The log says that a segment was skipped: it explains the disk, and promises nothing. */
  void skippedInLog(String segment) {
    logged.add(segment);
    unlogged.remove(segment);
  }

  /** Whether the log has said lately that a segment was pushed. */
  boolean wasPushed(String segment) {
    return pushed.contains(segment);
  }

  /** Segments that were handed over before a moment and no log has told of. */
  long unlogged(long beforeMillis) {
    return unlogged.values().stream().filter(at -> at < beforeMillis).count();
  }

  /**
   * Segments that an archiver told of before a moment and that still wait on disk.
   *
   * @param waiting asked, since what was archived while nobody watched is told by no event
   */
  long unarchived(String archiver, long beforeMillis, Predicate<String> waiting) {
    return unarchived.entrySet().stream()
        .filter(push -> push.getValue().archiver.equals(archiver))
        .filter(push -> push.getValue().atMillis < beforeMillis && waiting.test(push.getKey()))
        .count();
  }

  private <V> void put(Map<String, V> map, String segment, V value) {
    map.putIfAbsent(segment, value);
    if (map.size() > LIMIT) {
      Iterator<String> oldest = map.keySet().iterator();
      oldest.next();
      oldest.remove();
      forgotten.run();
    }
  }

  void save(Node node) {
    node.put("readSince", readSinceMillis);
    Node unloggedNode = node.add("unlogged");
    unlogged.forEach(unloggedNode::put);
    Node unarchivedNode = node.add("unarchived");
    unarchived.forEach(
        (segment, push) ->
            unarchivedNode.add(segment).put("archiver", push.archiver).put("at", push.atMillis));
    node.put("logged", logged.save());
    node.put("pushed", pushed.save());
    node.put("archived", archived.save());
  }

  void restore(Node node) {
    readSinceMillis = node.longAt("readSince", readSinceMillis);
    Node unloggedNode = node.at("unlogged");
    unloggedNode
        .names()
        .forEach(segment -> put(unlogged, segment, unloggedNode.longAt(segment, 0)));
    Node unarchivedNode = node.at("unarchived");
    for (String segment : unarchivedNode.names()) {
      Node push = unarchivedNode.at(segment);
      String archiver = push.stringAt("archiver");
      if (archiver != null) {
        put(unarchived, segment, new Completion(archiver, push.longAt("at", 0)));
      }
    }
    logged.restore(node.stringsAt("logged"));
    pushed.restore(node.stringsAt("pushed"));
    archived.restore(node.stringsAt("archived"));
  }
}
