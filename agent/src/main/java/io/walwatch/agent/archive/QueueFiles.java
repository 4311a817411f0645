/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.StatusDirectory.DoneTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The files of an archive queue and what becomes of them.
 *
 * <p>Changes reach it on two ways, and each may tell late what the other has told: events in their
 * order, and listings. Both end in the same four facts, and a fact that is known already changes
 * nothing. A {@code .ready} that went away leaves in two steps, since its {@code .done} may be told
 * after it: it counts as lost only when an event told that it went, and a later look finds no
 * {@code .done} either.
 */
final class QueueFiles {
  static final long UNKNOWN = -1;

  private final InstantSource clock;
  private final QueueEvents events;
  private final HandedOver handedOver;
  private final FileKeys names = new FileKeys();
  private final SegmentTable ready = new SegmentTable();
  private final SegmentTable done = new SegmentTable();
  private final RecentlyDone recentlyDone = new RecentlyDone();
  private Leaving leaving = new Leaving();
  private Leaving leavingLonger = new Leaving();
  private long lastArchivedMillis = UNKNOWN;

  QueueFiles(InstantSource clock, QueueEvents events, HandedOver handedOver) {
    this.clock = clock;
    this.events = events;
    this.handedOver = handedOver;
  }

  SegmentTable ready() {
    return ready;
  }

  SegmentTable done() {
    return done;
  }

  FileKeys names() {
    return names;
  }

  RecentlyDone recentlyDone() {
    return recentlyDone;
  }

  /** When the last file was archived, or {@link #UNKNOWN}. */
  long lastArchivedMillis() {
    return lastArchivedMillis;
  }

  /** Takes back what waited when the memory was written. */
  void restore(QueueMemory memory) {
    lastArchivedMillis = memory.lastArchivedMillis().orElse(UNKNOWN);
    memory.waiting().forEachKey(names, key -> ready.put(key, UNKNOWN));
    recentlyDone.restore(memory.asOfMillis());
    memory.recentlyDone().forEachKey(names, key -> recentlyDone.add(key, memory.asOfMillis()));
  }

  /** The directory is another: what is done in it was not done here. */
  void forgetDone() {
    done.clear();
  }

  /** The same: since when it waits there, its own files say. */
  void forgetTimes() {
    for (int i = 0; i < ready.size(); i++) {
      ready.setValueAt(i, UNKNOWN);
    }
  }

  void forgetLastArchived() {
    lastArchivedMillis = UNKNOWN;
  }

  void readyCreated(Path directory, long key) throws IOException {
    if (ready.contains(key)) {
      return;
    }
    long since = StatusDirectory.modifiedMillis(file(directory, key, StatusName.READY));
    if (since >= 0) {
      ready.put(key, since);
      cameBack(key);
    } else if (!done.contains(key)) {
      ready.put(key, clock.millis());
    }
  }

  /** It waits again, whatever it left for: neither archived nor lost. */
  void cameBack(long key) {
    leaving.take(key);
    leavingLonger.take(key);
  }

  void readyDeleted(long key) {
    int index = ready.find(key);
    if (index >= 0) {
      leaving.add(key, ready.valueAt(index), false);
      ready.remove(key);
    } else {
      leaving.told(key);
      leavingLonger.told(key);
    }
  }

  void doneCreated(Path directory, long key) throws IOException {
    boolean isNew = !done.contains(key);
    boolean hasLeft = ready.contains(key) && !exists(directory, key);
    if (hasLeft) {
      readyDeleted(key);
    }
    done.put(key, 0);
    if (!archivedIfLeft(directory, key, clock.millis()) && isNew && !ready.contains(key)) {
      received(key);
    }
  }

  private boolean exists(Path directory, long key) throws IOException {
    return StatusDirectory.modifiedMillis(file(directory, key, StatusName.READY)) >= 0;
  }

  void doneDeleted(long key) {
    done.remove(key);
  }

  boolean archivedIfLeft(Path directory, long key, long atMillis) throws IOException {
    Leaving.@Nullable Entry entry = leaving.take(key);
    if (entry == null) {
      entry = leavingLonger.take(key);
    }
    if (entry == null) {
      return false;
    }
    // The rename has kept the time of the .ready.
    long since =
        entry.sinceMillis() == UNKNOWN
            ? StatusDirectory.modifiedMillis(file(directory, key, StatusName.DONE))
            : entry.sinceMillis();
    archived(key, since, atMillis);
    return true;
  }

  void archived(long key, long sinceMillis, long atMillis) {
    lastArchivedMillis = Math.max(lastArchivedMillis, atMillis);
    handedOver.archived(key, ready);
    recentlyDone.add(key, clock.millis());
    boolean isKnown = sinceMillis >= 0 && sinceMillis <= atMillis;
    events.archived(names.file(key), isKnown ? sinceMillis : atMillis, atMillis);
  }

  void received(long key) {
    recentlyDone.add(key, clock.millis());
    events.received(names.file(key));
  }

  /** Events were lost: nothing that left counts as watched. */
  void blind() {
    leaving.blind();
    leavingLonger.blind();
  }

  boolean hasLeaving() {
    return !leaving.isEmpty() || !leavingLonger.isEmpty();
  }

  boolean hasLeft(long key) {
    return leaving.contains(key) || leavingLonger.contains(key);
  }

  /** A listing found its {@code .ready} gone; whether that was watched, only an event can tell. */
  void leftUntold(long key, long sinceMillis) {
    leaving.add(key, sinceMillis, true);
  }

  /** Archived before there was anybody to count it. */
  void archivedBefore(long key, long atMillis) {
    lastArchivedMillis = Math.max(lastArchivedMillis, atMillis);
    handedOver.archived(key, ready);
  }

  /** A listing was read, and no event was missed since the one before. */
  void recall() {
    if (!hasLeaving()) {
      handedOver.recall(ready);
    }
  }

  /** Forgets names that nothing uses any longer. */
  void forgetNames() {
    names.retain(
        key ->
            ready.contains(key)
                || done.contains(key)
                || hasLeft(key)
                || recentlyDone.contains(key));
  }

  /** Looks a second time for what left before the last call. */
  void settle(Path directory) throws IOException {
    settle(directory, leavingLonger.watched(), true);
    settle(directory, leavingLonger.unwatched(), false);
    Leaving settled = leavingLonger;
    leavingLonger = leaving;
    leaving = settled;
  }

  private void settle(Path directory, SegmentTable table, boolean wasWatched) throws IOException {
    while (table.size() > 0) {
      long key = table.keyAt(0);
      long since = table.valueAt(0);
      DoneTimes times = StatusDirectory.doneTimes(file(directory, key, StatusName.DONE));
      table.remove(key);
      if (times != null) {
        done.put(key, 0);
        archived(key, since == UNKNOWN ? times.modifiedMillis() : since, times.changedMillis());
      } else if (exists(directory, key)) {
        readyCreated(directory, key);
      } else if (wasWatched) {
        vanished(key);
      } else {
        handedOver.unobserved(key);
        events.unobserved(names.file(key));
      }
    }
  }

  private void vanished(long key) {
    if (handedOver.isHandedOver(key)) {
      events.orphaned(names.file(key));
    } else if (events.vanished(names.file(key))) {
      handedOver.vanished(key);
    } else {
      handedOver.unobserved(key);
    }
  }

  Path file(Path directory, long key, StatusName status) {
    return directory.resolve(status.fileName(names.file(key).name()));
  }
}
