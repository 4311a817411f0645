/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.archive.QueueBound;
import io.walwatch.agent.archive.QueueEvents;
import io.walwatch.parse.WalFile;
import io.walwatch.parse.WalFileKind;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What has happened to one archive queue so far. Written by the loop only. */
final class QueueState implements QueueEvents {
  private static final double[] ARCHIVE_BOUNDS_SECONDS = {
    0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400
  };

  private final Map<WalFileKind, Counts<QueueCount>> files = new EnumMap<>(WalFileKind.class);
  private final Counts<WatchCount> watch = new Counts<>(WatchCount.class);
  private final Histogram archiveDuration = new Histogram(ARCHIVE_BOUNDS_SECONDS);
  private final Witnesses witnesses;
  private final Consumer<QueueBound> limits;
  private final Changes changes;
  private final InstantSource clock;
  private OptionalLong lastScanNanos = OptionalLong.empty();
  private @Nullable String problem = "not read yet";

  /**
   * Nothing has happened yet.
   *
   * @param limits told of what is forgotten
   */
  QueueState(
      Witnesses witnesses, Consumer<QueueBound> limits, Changes changes, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.witnesses = witnesses;
    this.changes = changes;
    for (WalFileKind kind : WalFileKind.values()) {
      files.put(kind, new Counts<>(QueueCount.class));
    }
  }

  @Override
  public void archived(WalFile file, long readySinceMillis, long archivedAtMillis) {
    count(file, QueueCount.ARCHIVED);
    archiveDuration.observe((archivedAtMillis - readySinceMillis) / 1e3);
    if (file.kind() == WalFileKind.SEGMENT) {
      // From now on the log has its time to tell: after a stop it is still to be read.
      witnesses.archivedOnDisk(file.name(), readySinceMillis, clock.millis());
    }
  }

  @Override
  public void received(WalFile file) {
    count(file, QueueCount.RECEIVED);
  }

  /** One that a log says was pushed is no loss: what was not seen is only how it left the queue. */
  @Override
  public boolean vanished(WalFile file) {
    boolean pushed = witnesses.wasPushed(file.name());
    count(file, pushed ? QueueCount.UNOBSERVED : QueueCount.VANISHED);
    witnesses.goneFromDisk(file.name());
    return !pushed;
  }

  @Override
  public void orphaned(WalFile file) {
    changes.note();
    witnesses.goneFromDisk(file.name());
  }

  @Override
  public void unobserved(WalFile file) {
    count(file, QueueCount.UNOBSERVED);
    witnesses.goneFromDisk(file.name());
  }

  @Override
  public void overflowed() {
    changes.note();
    watch.increment(WatchCount.OVERFLOWS);
  }

  @Override
  public void scanned(long durationNanos) {
    changes.note();
    watch.increment(WatchCount.SCANS);
    lastScanNanos = OptionalLong.of(durationNanos);
    problem = null;
  }

  @Override
  public void unreadable(String problem) {
    changes.note();
    this.problem = problem;
  }

  @Override
  public void readable() {
    changes.note();
    problem = null;
  }

  @Override
  public void limited(QueueBound bound) {
    changes.note();
    limits.accept(bound);
  }

  /** For the log only: the queue is listed often instead. */
  @Override
  public void watchProblem(String problem) {}

  private void count(WalFile file, QueueCount what) {
    changes.note();
    files.computeIfAbsent(file.kind(), any -> new Counts<>(QueueCount.class)).increment(what);
  }

  Map<WalFileKind, Map<QueueCount, Long>> copyFiles() {
    Map<WalFileKind, Map<QueueCount, Long>> copy = new EnumMap<>(WalFileKind.class);
    files.forEach((kind, counts) -> copy.put(kind, counts.copy()));
    return Map.copyOf(copy);
  }

  Map<WatchCount, Long> copyWatch() {
    return watch.copy();
  }

  HistogramSnapshot copyArchiveDuration() {
    return archiveDuration.copy();
  }

  OptionalLong lastScanNanos() {
    return lastScanNanos;
  }

  @Nullable String problem() {
    return problem;
  }

  void save(Node node) {
    files.forEach((kind, counts) -> counts.save(node.add(kind.name())));
    watch.save(node.add("watch"));
    archiveDuration.save(node.add("archiveDuration"));
  }

  void restore(Node node) {
    files.forEach((kind, counts) -> counts.restore(node.at(kind.name())));
    watch.restore(node.at("watch"));
    archiveDuration.restore(node.at("archiveDuration"));
  }
}
