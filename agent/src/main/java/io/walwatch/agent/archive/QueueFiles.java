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
 * after it: it counts as lost only when a later look finds no {@code .done} either.
 */
final class QueueFiles {
  private final InstantSource clock;
  private final QueueEvents events;
  private final HandedOver handedOver;
  private final FileKeys names = new FileKeys();
  private final SegmentTable ready = new SegmentTable();
  private final SegmentTable done = new SegmentTable();
  private Leaving leaving = new Leaving();
  private Leaving leavingLonger = new Leaving();
  private long lastArchivedMillis;

  /** A {@code .done} that changed before this is no news; for the first listing. */
  private long newsFromMillis = Long.MIN_VALUE;

  QueueFiles(InstantSource clock, QueueEvents events, HandedOver handedOver) {
    this.clock = clock;
    this.events = events;
    this.handedOver = handedOver;
  }

  SegmentTable ready() {
    return ready;
  }

  int doneCount() {
    return done.size();
  }

  FileKeys names() {
    return names;
  }

  long lastArchivedMillis() {
    return lastArchivedMillis;
  }

  /** Takes back what waited when {@code memory} was written. */
  void restore(QueueMemory memory) {
    newsFromMillis = memory.isNew() ? Long.MAX_VALUE : memory.asOfMillis();
    lastArchivedMillis = memory.lastArchivedMillis().orElse(0);
    for (QueueMemory.Run run : memory.waiting()) {
      long first = SegmentKey.parse(run.first());
      for (int i = 0; first != SegmentKey.NONE && i < run.count(); i++) {
        ready.put(first + i, UNKNOWN);
      }
    }
    for (String name : memory.waitingOthers()) {
      long key = names.key(name);
      if (key != SegmentKey.NONE) {
        ready.put(key, UNKNOWN);
      }
    }
  }

  static final long UNKNOWN = -1;

  void readyCreated(Path directory, long key) throws IOException {
    if (ready.contains(key)) {
      return;
    }
    long since = StatusDirectory.modifiedMillis(file(directory, key, StatusName.READY));
    if (since >= 0) {
      ready.put(key, since);
    } else if (!done.contains(key)) {
      ready.put(key, clock.millis());
    }
  }

  void readyDeleted(long key) {
    long since = ready.get(key, UNKNOWN);
    if (ready.remove(key)) {
      leaving.add(key, since, false);
    }
  }

  void doneCreated(Path directory, long key) throws IOException {
    if (leave(key)) {
      done.put(key, 0);
    } else if (!done.contains(key)) {
      done.put(key, 0);
      boolean waits =
          ready.contains(key)
              && StatusDirectory.modifiedMillis(file(directory, key, StatusName.READY)) < 0;
      if (waits) {
        readyDeleted(key);
        leave(key);
      } else if (!ready.contains(key)) {
        events.received(names.file(key));
      }
    }
  }

  void doneDeleted(long key) {
    done.remove(key);
  }

  private boolean leave(long key) {
    Leaving.@Nullable Entry entry = leaving.take(key);
    if (entry == null) {
      entry = leavingLonger.take(key);
    }
    if (entry == null) {
      return false;
    }
    archived(key, entry.sinceMillis(), clock.millis());
    return true;
  }

  private void archived(long key, long sinceMillis, long atMillis) {
    lastArchivedMillis = Math.max(lastArchivedMillis, atMillis);
    if (FileKeys.isSegment(key)) {
      handedOver.archived(key, ready);
    }
    events.archived(names.file(key), sinceMillis < 0 ? atMillis : sinceMillis, atMillis);
  }

  /** Nothing that left before this can be told from what left unseen. */
  void blind() {
    leaving.blind();
    leavingLonger.blind();
  }

  /** Makes the files those of a listing. */
  void reconcile(Path directory, Listing listing, boolean blind) throws IOException {
    if (blind) {
      blind();
    }
    long news = newsFromMillis;
    newsFromMillis = Long.MIN_VALUE;
    done.retain(listing.done()::contains);
    removeReady(listing, blind);
    addReady(directory, listing.ready());
    addDone(directory, listing.done(), news);
    if (blind) {
      handedOver.assumeAfterBlindInterval(ready);
    }
    names.retain(this::isKnown);
  }

  private boolean isKnown(long key) {
    return ready.contains(key)
        || done.contains(key)
        || leaving.contains(key)
        || leavingLonger.contains(key);
  }

  private void removeReady(Listing listing, boolean blind) {
    for (int i = 0; i < ready.size(); i++) {
      if (!listing.ready().contains(ready.keyAt(i))) {
        leaving.add(ready.keyAt(i), ready.valueAt(i), blind);
      }
    }
    ready.retain(listing.ready()::contains);
  }

  private void addDone(Path directory, Listing.Keys listed, long news) throws IOException {
    for (int i = 0; i < listed.size(); i++) {
      long key = listed.at(i);
      boolean left = leaving.contains(key) || leavingLonger.contains(key);
      if (left || !done.contains(key)) {
        doneFound(directory, key, left, news);
      }
    }
  }

  /** A {@code .done} that no event told of: its own times say how it came to be. */
  private void doneFound(Path directory, long key, boolean left, long news) throws IOException {
    DoneTimes times = StatusDirectory.doneTimes(file(directory, key, StatusName.DONE));
    done.put(key, 0);
    if (times == null) {
      leave(key);
      return;
    }
    long changed = times.changed().toMillis();
    if (left) {
      leaving.take(key);
      leavingLonger.take(key);
      archived(key, times.modified().toMillis(), changed);
    } else if (changed <= news) {
      known(key, times);
    } else if (times.wasRenamed()) {
      archived(key, times.modified().toMillis(), changed);
    } else {
      events.received(names.file(key));
    }
  }

  /** Archived before there was anybody to count it. */
  private void known(long key, DoneTimes times) {
    if (times.wasRenamed()) {
      lastArchivedMillis = Math.max(lastArchivedMillis, times.changed().toMillis());
      if (FileKeys.isSegment(key)) {
        handedOver.archived(key, ready);
      }
    }
  }

  private void addReady(Path directory, Listing.Keys listed) throws IOException {
    for (int i = 0; i < listed.size(); i++) {
      long key = listed.at(i);
      if (ready.get(key, UNKNOWN) == UNKNOWN) {
        long since = StatusDirectory.modifiedMillis(file(directory, key, StatusName.READY));
        if (since >= 0) {
          ready.put(key, since);
        }
      }
    }
  }

  boolean hasLeaving() {
    return !leaving.isEmpty() || !leavingLonger.isEmpty();
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
        archived(key, since, times.changed().toMillis());
      } else if (wasWatched) {
        events.vanished(names.file(key));
        handedOver.vanished(key);
      } else {
        events.unobserved(names.file(key));
        handedOver.unobserved(key);
      }
    }
  }

  private Path file(Path directory, long key, StatusName status) {
    return directory.resolve(status.fileName(names.file(key).name()));
  }
}
