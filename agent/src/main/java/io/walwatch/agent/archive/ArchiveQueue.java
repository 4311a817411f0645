/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.HandedOver.RedoPoint;
import io.walwatch.agent.archive.ServerStatus.ArchiveMode;
import io.walwatch.parse.WalFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The archive queue of one server, seen from its files. Used on the loop's thread only.
 *
 * <p>Watch events tell transitions as they happen; a listing tells what is. The directory is listed
 * at the start, after every interval in which events may have been missed, and now and then all the
 * same. Where watching does not work it is listed often instead.
 */
public final class ArchiveQueue {
  private static final long SECOND_LOOK_MILLIS = 1_000;

  private final StatusDirectory directory;
  private final QueueEvents events;
  private final InstantSource clock;
  private final TimelineHistories histories = new TimelineHistories();
  private final HandedOver handedOver;
  private final Told told;
  private final QueueFiles files;
  private final Reconciler reconciler;
  private final Hints hints;
  private final Watching watching;
  private final ScanSchedule schedule = new ScanSchedule();
  private final Problems problems;
  private final QueueMemory restored;
  private final LongSupplier nanoTime;
  private boolean blind = true;
  private boolean started;
  private final SegmentSize segmentSize = new SegmentSize();
  private OptionalLong systemIdentifier = OptionalLong.empty();
  private boolean inRecovery;
  private boolean archivesInRecovery;
  private Optional<RedoPoint> redo = Optional.empty();
  private long settledMillis = Long.MIN_VALUE;
  private Path path = Path.of("");

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
    this(directory, events, watcher, clock, memory, System::nanoTime);
  }

  /**
   * The same with a stopwatch of the caller's.
   *
   * @param nanoTime listings are measured with it, and rest in proportion
   */
  ArchiveQueue(
      StatusDirectory directory,
      QueueEvents events,
      DirectoryWatcher watcher,
      InstantSource clock,
      QueueMemory memory,
      LongSupplier nanoTime) {
    this.directory = directory;
    this.nanoTime = nanoTime;
    this.events = events;
    this.clock = clock;
    this.handedOver = new HandedOver(histories, () -> events.limited(QueueBound.GAPS));
    this.files = new QueueFiles(clock, events, handedOver);
    this.reconciler = new Reconciler(files, clock, nanoTime);
    this.hints = new Hints(files, events, this::missed);
    this.watching = new Watching(watcher, hints);
    this.problems = new Problems(events);
    this.restored = memory;
    this.told = new Told(handedOver, memory.words(), () -> events.limited(QueueBound.WORDS));
  }

  /**
   * Takes what the server's files say: segment size, role and archive_mode decide what makes sense.
   * To be called before the first {@link #tick}, where there is a data directory, and after each
   * change.
   */
  public void server(ServerStatus status) {
    status.segmentSizeBytes().ifPresent(segmentSize::told);
    useSegmentSize();
    status.systemIdentifier().ifPresent(this::cluster);
    inRecovery = status.inRecovery().orElse(false);
    archivesInRecovery = status.archiveMode().filter(ArchiveMode.ALWAYS::equals).isPresent();
    redo = status.redoOfArchivingPrimary();
  }

  private void useSegmentSize() {
    OptionalLong bytes = segmentSize.bytes();
    if (bytes.isPresent() && handedOver.geometry(new WalGeometry(bytes.getAsLong())) && started) {
      beginAnew();
    }
  }

  /** Another cluster in the same place has nothing to do with what was known. */
  private void cluster(long identifier) {
    boolean isAnother = systemIdentifier.isPresent() && systemIdentifier.getAsLong() != identifier;
    systemIdentifier = OptionalLong.of(identifier);
    if (isAnother && started) {
      handedOver.clear();
      files.forgetLastArchived();
      beginAnew();
    }
  }

  private void beginAnew() {
    reconciler.begin();
    blind = true;
    schedule.wantScan();
  }

  /**
   * Does what is due: looks whether the directory is still the one that is watched, lists it, looks
   * again for what left. To be called after events, and at least once a second.
   *
   * @return whether the directory was listed
   */
  public boolean tick() {
    long now = clock.millis();
    if (!schedule.look(now)) {
      return false;
    }
    try {
      boolean scanned = look(now);
      problems.readable();
      return scanned;
    } catch (IOException e) {
      watching.stop();
      blind = true;
      schedule.wantScan();
      problems.unreadable(e);
      return false;
    }
  }

  private boolean look(long now) throws IOException {
    path = directory.path();
    hints.directory(path);
    switch (watching.renew(path)) {
      case UNBROKEN -> {}
      case BROKEN -> missed();
      case ANOTHER_DIRECTORY -> {
        // It is told once only: nothing that can fail comes before this.
        reconciler.begin();
        segmentSize.anotherDirectory();
        histories.clear();
        missed();
      }
    }
    Path wal = walDirectory();
    histories.directory(wal);
    segmentSize.look(wal);
    useSegmentSize();
    problems.watch(watching.problem());
    settle(now);
    boolean scans = schedule.isScanDue(now, watching.isHearing());
    if (scans) {
      scan(now);
    } else {
      reconciler.readTimes(path);
    }
    return scans;
  }

  private void missed() {
    if (!blind) {
      blind = true;
      schedule.wantScan();
    }
  }

  private void settle(long now) throws IOException {
    boolean isEarly = now >= settledMillis && now - settledMillis < SECOND_LOOK_MILLIS;
    if (files.hasLeaving() && !(settledMillis != Long.MIN_VALUE && isEarly)) {
      settledMillis = now;
      files.settle(path);
    }
  }

  private void scan(long now) throws IOException {
    long startNanos = nanoTime.getAsLong();
    start();
    Listing listing = Listing.of(path, files.names());
    if (blind) {
      files.blind();
    }
    boolean isNews = reconciler.apply(path, listing);
    if (blind) {
      handedOver.assumeAfterBlindInterval(files.ready(), redo);
    } else {
      files.recall();
      if (isNews) {
        watching.toldNothing();
      }
    }
    blind = !watching.isHearing();
    long nanos = nanoTime.getAsLong() - startNanos;
    schedule.scanned(now, nanos);
    events.scanned(nanos);
  }

  private void start() {
    if (started) {
      return;
    }
    if (restored.isOfAnother(systemIdentifier)) {
      told.forget(restored.words());
    } else if (!restored.isNew()) {
      handedOver.restore(restored.timelines());
      files.restore(restored);
      reconciler.restarted();
    }
    started = true;
    told.start();
  }

  private Path walDirectory() throws IOException {
    Path real = path.toRealPath();
    return Objects.requireNonNullElse(real.getParent(), real);
  }

  /** The archiver said that it skipped a segment: its {@code .done} does not count. */
  public void skipped(WalFile segment) {
    told.skipped(SegmentKey.parse(segment.name()));
  }

  /** The archiver said that it pushed a segment: however it left the queue, it is not missing. */
  public void pushed(WalFile segment) {
    told.pushed(SegmentKey.parse(segment.name()));
  }

  /** Whether the directory was read, so that what was known before a restart is known again. */
  public boolean isStarted() {
    return started;
  }

  /**
   * What was skipped, vanished or never seen below a position holds nothing back any longer: an
   * operator says so. To be called once {@link #isStarted}.
   *
   * @param positionBytes {@link Long#MAX_VALUE} for all
   */
  public void forgetGaps(long positionBytes) {
    handedOver.forgetGaps(positionBytes, files.ready());
  }

  /**
   * A good backup starts in a segment: what is missing below it holds nothing back any longer. Does
   * nothing while the backup cannot be of this server and its timeline, as far as was archived.
   *
   * @return whether something held back
   */
  public boolean backupStartsAt(String segment) {
    long key = files.names().key(segment, segment.length());
    return key != SegmentKey.NONE
        && FileKeys.isSegment(key)
        && handedOver.backupStartsAt(key, files.ready());
  }

  /** Whether a file waits to be archived, as far as this is known now. */
  public boolean isWaiting(String name) {
    long key = files.names().key(name, name.length());
    return key != SegmentKey.NONE && files.ready().contains(key);
  }

  /** What the queue looks like now. */
  public QueueStatus status() {
    return QueueStatuses.of(
        files, segmentSize.bytes(), handedOver, !inRecovery, !inRecovery || archivesInRecovery);
  }

  /** What the next start needs to know. */
  public QueueMemory memory() {
    return started
        ? QueueMemory.of(clock.millis(), systemIdentifier, files, handedOver)
        : restored.with(told.words());
  }

  /** Ends watching. */
  public void close() {
    watching.stop();
  }
}
