/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.WalFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * A directory in the place of archive_status, and a queue that looks at it. File operations are
 * told to the queue only where {@code told} says so.
 */
final class QueueFixture {
  static final long SEGMENT_BYTES = 1L << 24;

  final MutableClock clock = new MutableClock();
  final FakeWatcher watcher = new FakeWatcher();
  final Path directory;
  QueueJournal journal = new QueueJournal();
  ArchiveQueue queue;
  boolean told = true;

  /** How far the stopwatch goes on each time that it is read. */
  long nanosPerReading;

  private long nanos;

  QueueFixture(Path parent) throws IOException {
    directory = Files.createDirectories(parent.resolve("archive_status"));
    queue = newQueue(QueueMemory.NEW);
  }

  /** The queue of a running primary, looked at once. */
  static QueueFixture primary(Path parent) throws IOException {
    QueueFixture fixture = new QueueFixture(parent);
    fixture.queue.server(Servers.primary());
    fixture.queue.tick();
    return fixture;
  }

  private long stopwatch() {
    nanos += nanosPerReading;
    return nanos;
  }

  private ArchiveQueue newQueue(QueueMemory memory) {
    return new ArchiveQueue(
        StatusDirectory.at(directory), journal, watcher, clock, memory, this::stopwatch);
  }

  /** Ends the agent and starts it with what it kept; the journal begins anew. */
  void restart() {
    clock.setMillis(System.currentTimeMillis());
    QueueMemory memory = queue.memory();
    queue.close();
    journal = new QueueJournal();
    queue = newQueue(memory);
  }

  static String segment(int number) {
    return SegmentKey.name(SegmentKey.ofNumber(1, number, WalGeometry.DEFAULT));
  }

  void ready(String name) throws IOException {
    Files.createFile(directory.resolve(name + ".ready"));
    if (told) {
      watcher.listener().created(name + ".ready");
    }
  }

  /** What the archiver does after a success. The two inode times differ as on a real host. */
  void done(String name) throws IOException {
    Path ready = directory.resolve(name + ".ready");
    FileTime created = Files.getLastModifiedTime(ready);
    Files.move(ready, directory.resolve(name + ".done"));
    Files.setLastModifiedTime(
        directory.resolve(name + ".done"), FileTime.fromMillis(created.toMillis() - 1_000));
    if (told) {
      watcher.listener().deleted(name + ".ready");
      watcher.listener().created(name + ".done");
    }
  }

  /** Segments of the first timeline, one after the other. */
  void archive(int first, int last) throws IOException {
    for (int number = first; number <= last; number++) {
      ready(segment(number));
      done(segment(number));
    }
  }

  /** What the archiver's log says: marked as done without an upload. */
  void skip(String name) {
    queue.skipped(Objects.requireNonNull(WalFile.parse(name)));
  }

  /** What the archiver's log says, early or late. */
  void push(String name) {
    queue.pushed(Objects.requireNonNull(WalFile.parse(name)));
  }

  /** A WAL file beside the queue, as large as told and empty. */
  void wal(String name, int sizeMegabytes) throws IOException {
    try (RandomAccessFile sparse =
        new RandomAccessFile(directory.resolveSibling(name).toString(), "rw")) {
      sparse.setLength((long) sizeMegabytes << 20);
    }
  }

  /** What a standby does with a segment that it received. */
  void receive(String name) throws IOException {
    Files.createFile(directory.resolve(name + ".done"));
    if (told) {
      watcher.listener().created(name + ".done");
    }
  }

  void delete(String fileName) throws IOException {
    Files.delete(directory.resolve(fileName));
    if (told) {
      watcher.listener().deleted(fileName);
    }
  }

  /** Lets the queue do what is due after some time. */
  void tickAfterMillis(long millis) {
    clock.advanceMillis(millis);
    queue.tick();
  }

  /** Long enough for a scan and a second look. */
  void settle() {
    tickAfterMillis(31_000);
    tickAfterMillis(1_000);
    tickAfterMillis(1_000);
  }

  /** Everything was handed over up to a segment of 16 MB; so many are missing behind it. */
  void assertContiguous(int segment, int gaps) {
    QueueStatus status = queue.status();
    assertThat(status.contiguousPosition()).hasValue((segment + 1) * SEGMENT_BYTES);
    assertThat(status.gapSegments()).hasValue(gaps);
  }

  /** The highest archived segment, of 16 MB. */
  void assertLastArchived(int segment) {
    assertThat(queue.status().lastArchivedPosition()).hasValue((segment + 1) * SEGMENT_BYTES);
  }
}
