/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A queue beside the system's own WatchService, and a loop that the test turns by hand. That all
 * events have come is known by a file of no meaning: what was done before it was told before it.
 */
final class WatchedDirectory implements AutoCloseable, DirectoryWatcher {
  private static final long TURN_MILLIS = 100;
  private static final int MAX_TURNS = 600;
  final Path directory;
  final MutableClock clock = new MutableClock();
  final QueueJournal journal = new QueueJournal();
  final ArchiveQueue queue;
  private final WatchService service = FileSystems.getDefault().newWatchService();
  private final ServiceWatcher watcher = new ServiceWatcher(service);
  private String lastMark = "";
  private boolean overflowed;
  private int marks;

  WatchedDirectory(Path directory) throws IOException {
    this(directory, StatusDirectory.at(directory));
  }

  /** The queue of a server, found below its data directory. */
  static WatchedDirectory ofServer(Path data) throws IOException {
    StatusDirectory status = StatusDirectory.below(data);
    return new WatchedDirectory(status.path(), status);
  }

  private WatchedDirectory(Path directory, StatusDirectory status) throws IOException {
    this.directory = directory;
    this.queue = new ArchiveQueue(status, journal, this, clock, QueueMemory.NEW, () -> 0);
  }

  @Override
  public Watch watch(Path watched, Listener listener) throws IOException {
    return watcher.watch(
        watched,
        new Listener() {
          @Override
          public void created(String name) {
            if (name.startsWith("mark-")) {
              lastMark = name;
            }
            listener.created(name);
          }

          @Override
          public void deleted(String name) {
            listener.deleted(name);
          }

          @Override
          public void overflowed() {
            overflowed = true;
            listener.overflowed();
          }
        });
  }

  /** One turn of the loop: waits for events, tells them, and lets the queue do what is due. */
  void turn() throws InterruptedException {
    WatchKey key = service.poll(TURN_MILLIS, TimeUnit.MILLISECONDS);
    if (key != null) {
      watcher.dispatch(key);
    }
    clock.advanceMillis(TURN_MILLIS);
    queue.tick();
  }

  /** Turns until everything that was done is told. */
  void drain() throws IOException, InterruptedException {
    String mark = mark();
    int turns = 0;
    while (!lastMark.equals(mark)) {
      assertThat(turns++).as("turns without an event").isLessThan(MAX_TURNS);
      turn();
      if (overflowed) {
        overflowed = false;
        mark = mark();
      }
    }
  }

  /** Turns until something is so: the kernel's word that a directory is gone takes its time. */
  void turnUntil(BooleanSupplier so) throws InterruptedException {
    for (int turns = 0; !so.getAsBoolean(); turns++) {
      assertThat(turns).as("turns").isLessThan(MAX_TURNS);
      turn();
    }
  }

  private String mark() throws IOException {
    String mark = "mark-" + marks++;
    Files.createFile(directory.resolve(mark));
    return mark;
  }

  /** Long enough for a look at what the path leads to. */
  void pause() {
    clock.advanceMillis(1_000);
    queue.tick();
  }

  /** Long enough for a listing and two second looks. */
  void settle() {
    for (int i = 0; i < 3; i++) {
      clock.advanceMillis(31_000);
      queue.tick();
    }
  }

  @Override
  public void close() throws IOException {
    queue.close();
    service.close();
  }
}
