/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.ServerStatus.ArchiveMode;
import io.walwatch.parse.WalFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The archive queue of one server, seen from its files. Used on the loop's thread only.
 *
 * <p>Watch events tell transitions as they happen; a listing tells what is. The directory is listed
 * at the start, after every interval in which events may have been missed, and now and then all the
 * same. Where watching does not work it is listed often instead.
 */
public final class ArchiveQueue {
  private static final long LOOK_MILLIS = 1_000;
  private static final long SCAN_WATCHED_MILLIS = 30_000;
  private static final long SCAN_UNWATCHED_MILLIS = 1_000;

  /** A listing of a huge directory may take this share of the time, one twentieth. */
  private static final long REST_PER_SCAN = 20;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final StatusDirectory directory;
  private final QueueEvents events;
  private final InstantSource clock;
  private final HandedOver handedOver = new HandedOver(WalGeometry.DEFAULT);
  private final QueueFiles files;
  private final Watching watching;
  private final QueueMemory restored;
  private boolean blind = true;
  private boolean started;
  private boolean geometryKnown;
  private boolean inRecovery;
  private boolean archivesInRecovery;
  private long lastLookMillis = Long.MIN_VALUE;
  private long lastScanMillis = Long.MIN_VALUE;
  private long scanPauseMillis;
  private Path path = Path.of("");
  private String toldProblem = "";
  private String toldWatchProblem = "";

  /**
   * Prepares a queue; nothing is read before the first {@link #tick}.
   *
   * @param memory what {@link #memory} gave before the last stop, or {@link QueueMemory#NEW}
   */
  public ArchiveQueue(
      StatusDirectory directory,
      QueueEvents events,
      DirectoryWatcher watcher,
      InstantSource clock,
      QueueMemory memory) {
    this.directory = directory;
    this.events = events;
    this.clock = clock;
    this.files = new QueueFiles(clock, events, handedOver);
    this.watching = new Watching(watcher, new Hints());
    this.restored = memory;
  }

  /** What the server's files say: segment size, role and archive_mode decide what makes sense. */
  public void server(ServerStatus status) {
    status.segmentSizeBytes().ifPresent(this::segmentSize);
    inRecovery = status.inRecovery().orElse(false);
    archivesInRecovery = status.archiveMode().filter(ArchiveMode.ALWAYS::equals).isPresent();
  }

  private void segmentSize(long bytes) {
    if (WalGeometry.isSegmentSize(bytes)) {
      handedOver.geometry(new WalGeometry(bytes));
      geometryKnown = true;
    }
  }

  /**
   * Does what is due: looks whether the directory is still the one that is watched, lists it, looks
   * again for what left. To be called after events, and at least once a second.
   *
   * @return whether the directory was listed
   */
  public boolean tick() {
    long now = clock.millis();
    if (!blind && isWithin(now, lastLookMillis, LOOK_MILLIS)) {
      return false;
    }
    lastLookMillis = now;
    try {
      boolean scanned = look(now);
      tellReadable();
      return scanned;
    } catch (IOException e) {
      watching.stop();
      blind = true;
      tellUnreadable(e);
      return false;
    }
  }

  private static boolean isWithin(long now, long since, long millis) {
    return since != Long.MIN_VALUE && now >= since && now - since < millis;
  }

  private boolean look(long now) throws IOException {
    path = directory.path();
    blind |= !watching.renew(path);
    tellWatchProblem();
    boolean isDue = blind && watching.isRunning();
    boolean scans = isDue || !isWithin(now, lastScanMillis, scanPauseMillis);
    if (files.hasLeaving()) {
      files.settle(path);
    }
    if (scans) {
      scan(now);
    }
    return scans;
  }

  private void scan(long now) throws IOException {
    long startNanos = System.nanoTime();
    if (!started) {
      start();
    }
    Listing listing = Listing.of(path, files.names());
    files.reconcile(path, listing, blind);
    long nanos = System.nanoTime() - startNanos;
    blind = !watching.isRunning();
    lastScanMillis = now;
    long pause = watching.isRunning() ? SCAN_WATCHED_MILLIS : SCAN_UNWATCHED_MILLIS;
    scanPauseMillis = Math.max(pause, REST_PER_SCAN * nanos / NANOS_PER_MILLI);
    events.scanned(nanos);
  }

  private void start() throws IOException {
    Path walDirectory = path.toRealPath().getParent();
    if (!geometryKnown && walDirectory != null) {
      WalDirectory.segmentSize(walDirectory).ifPresent(this::segmentSize);
    }
    handedOver.restore(restored.timelines());
    files.restore(restored);
    started = true;
  }

  /** The archiver said that it skipped a file: its {@code .done} does not count. */
  public void skipped(WalFile file) {
    long key = SegmentKey.parse(file.name());
    if (file.name().length() == SegmentKey.NAME_LENGTH && key != SegmentKey.NONE) {
      handedOver.skipped(key);
    }
  }

  /** Skipped and vanished segments below a position hold nothing back any longer. */
  public void forgetGaps(long positionBytes) {
    handedOver.forgetHoles(positionBytes);
  }

  /** What the queue looks like now. */
  public QueueStatus status() {
    return QueueStatuses.of(files, handedOver, !inRecovery, !inRecovery || archivesInRecovery);
  }

  /** What the next start needs to know. */
  public QueueMemory memory() {
    return started ? QueueStatuses.memory(files, handedOver, clock.millis()) : restored;
  }

  /** Ends watching. */
  public void close() {
    watching.stop();
  }

  private void tellReadable() {
    if (!toldProblem.isEmpty()) {
      toldProblem = "";
      events.readable();
    }
  }

  private void tellUnreadable(IOException e) {
    String problem = describe(e);
    if (!problem.equals(toldProblem)) {
      toldProblem = problem;
      events.unreadable(problem);
    }
  }

  private void tellWatchProblem() {
    if (!watching.problem().equals(toldWatchProblem)) {
      toldWatchProblem = watching.problem();
      events.watchProblem(toldWatchProblem);
    }
  }

  private static String describe(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such directory: " + e.getMessage();
    }
    return e instanceof AccessDeniedException
        ? "permission denied: " + e.getMessage()
        : String.valueOf(e.getMessage());
  }

  /** Turns what the watch tells into transitions. */
  private final class Hints implements DirectoryWatcher.Listener {
    @Override
    public void created(String name) {
      try {
        if (StatusName.READY.matches(name)) {
          files.readyCreated(path, StatusName.READY.key(name, files.names()));
        } else if (StatusName.DONE.matches(name)) {
          files.doneCreated(path, StatusName.DONE.key(name, files.names()));
        }
      } catch (IOException e) {
        blind = true;
      }
    }

    @Override
    public void deleted(String name) {
      if (StatusName.READY.matches(name)) {
        files.readyDeleted(StatusName.READY.key(name, files.names()));
      } else if (StatusName.DONE.matches(name)) {
        files.doneDeleted(StatusName.DONE.key(name, files.names()));
      }
    }

    @Override
    public void overflowed() {
      blind = true;
      events.overflowed();
      files.blind();
    }
  }
}
