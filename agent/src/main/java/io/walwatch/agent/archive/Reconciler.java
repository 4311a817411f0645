/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.StatusDirectory.DoneTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Makes the files of a queue those of a listing, and says what must have happened meanwhile. */
final class Reconciler {
  private static final int TIMES_AT_ONCE = 5_000;

  /** About what a listing of a hundred thousand files takes, and so what the loop can bear. */
  private static final long LOOK_NANOS = 200_000_000;

  private final QueueFiles files;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private Found found = Found.IS_OLD;
  private boolean timesMissing;

  /** What a {@code .done} means that was not there at the last look. */
  private enum Found {
    /** There was no last look: it was done before there was anybody to count it. */
    IS_OLD,
    /** The last look was before a restart: its times say whether it is new. */
    MAY_BE_NEW,
    IS_NEW
  }

  Reconciler(QueueFiles files, InstantSource clock, LongSupplier nanoTime) {
    this.files = files;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** The next listing is the first after a restart. */
  void restarted() {
    timesMissing = true;
    found = Found.MAY_BE_NEW;
  }

  /**
   * The next listing is the first of a directory: what is done in it was not done while watched,
   * and what waits in it may be another file of the same name.
   */
  void begin() {
    files.forgetDone();
    files.forgetTimes();
    timesMissing = true;
    found = Found.IS_OLD;
  }

  /** Returns whether the listing told anything new. */
  boolean apply(Path directory, Listing listing) throws IOException {
    files.done().retain(listing.done()::contains);
    boolean isNews = removeReady(listing.ready());
    isNews |= addReady(directory, listing.ready());
    isNews |= addDone(directory, listing);
    found = Found.IS_NEW;
    files.forgetNames();
    return isNews;
  }

  private boolean removeReady(Listing.Keys listed) {
    SegmentTable ready = files.ready();
    int before = ready.size();
    for (int i = 0; i < before; i++) {
      if (!listed.contains(ready.keyAt(i))) {
        files.leftUntold(ready.keyAt(i), ready.valueAt(i));
      }
    }
    ready.retain(listed::contains);
    return ready.size() < before;
  }

  private boolean addReady(Path directory, Listing.Keys listed) throws IOException {
    SegmentTable ready = files.ready();
    int before = ready.size();
    for (int i = 0; i < listed.size(); i++) {
      if (!ready.contains(listed.at(i))) {
        ready.put(listed.at(i), QueueFiles.UNKNOWN);
        files.cameBack(listed.at(i));
      }
    }
    timesMissing |= ready.size() > before;
    readSomeTimes(directory);
    return ready.size() > before;
  }

  /** Goes on reading since when files wait, for as long as a look may take. */
  void readTimes(Path directory) throws IOException {
    long startNanos = nanoTime.getAsLong();
    do {
      readSomeTimes(directory);
    } while (timesMissing && nanoTime.getAsLong() - startNanos < LOOK_NANOS);
  }

  /**
   * Reads since when files wait, the lowest first: a stat is dear where a hundred thousand wait, so
   * a listing does not wait for all of them.
   */
  private void readSomeTimes(Path directory) throws IOException {
    if (!timesMissing) {
      return;
    }
    SegmentTable ready = files.ready();
    int left = TIMES_AT_ONCE;
    for (int i = 0; i < ready.size() && left > 0; i++) {
      if (ready.valueAt(i) == QueueFiles.UNKNOWN) {
        left--;
        Path file = files.file(directory, ready.keyAt(i), StatusName.READY);
        long since = StatusDirectory.modifiedMillis(file);
        ready.setValueAt(i, since < 0 ? clock.millis() : since);
      }
    }
    timesMissing = left == 0;
  }

  /** A file renamed while it was listed may show under both names: it is told, or listed, again. */
  private boolean addDone(Path directory, Listing listing) throws IOException {
    boolean isNews = false;
    Listing.Keys listed = listing.done();
    for (int i = 0; i < listed.size(); i++) {
      long key = listed.at(i);
      boolean isOpen = files.hasLeft(key) || !files.done().contains(key);
      if (isOpen && !listing.ready().contains(key)) {
        isNews = true;
        doneFound(directory, key);
      }
    }
    return isNews;
  }

  /** A {@code .done} that no event told of: its own times say how it came to be. */
  private void doneFound(Path directory, long key) throws IOException {
    DoneTimes times = StatusDirectory.doneTimes(files.file(directory, key, StatusName.DONE));
    if (times == null) {
      // Removed since it was listed. If it left before, the second look decides.
      return;
    }
    files.done().put(key, 0);
    if (files.archivedIfLeft(directory, key, times.changedMillis())) {
      return;
    }
    if (isOld(key, times)) {
      if (times.wasRenamed()) {
        files.archivedBefore(key, times.changedMillis());
      }
    } else if (times.wasRenamed()) {
      files.archived(key, times.modifiedMillis(), times.changedMillis());
    } else {
      files.received(key);
    }
  }

  private boolean isOld(long key, DoneTimes times) {
    return switch (found) {
      case IS_OLD -> true;
      case MAY_BE_NEW -> !files.recentlyDone().isNews(key, times.modifiedMillis());
      case IS_NEW -> false;
    };
  }
}
