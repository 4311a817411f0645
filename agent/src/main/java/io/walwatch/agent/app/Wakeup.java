/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.DirectoryWatcher;
import io.walwatch.agent.archive.ServiceWatcher;
import io.walwatch.agent.tail.Waker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one place in which the loop sleeps, and what ends its sleep: a change in a watched directory,
 * a channel with something to read, a thread with something to hand over, or time. Events of log
 * directories only wake; those of archive_status are handed to the queue's watcher.
 *
 * <p>Where the system has no watch service left to give (each is an inotify instance, and a user
 * may have 128), time alone tells of directories, and the service is asked for again and again.
 */
final class Wakeup implements DirectoryWatcher, Waker, AutoCloseable {
  /**
   * What happens together is looked at together; and a busy log wakes the loop at most so often.
   */
  private static final long GATHER_MILLIS = 20;

  private final Opener opener;
  private final Selector selector;
  private final Map<Path, WatchKey> logDirectories = new HashMap<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private @Nullable WatchThread watches;
  private @Nullable ServiceWatcher queues;

  /** Gives a watch service, such as {@code FileSystem.newWatchService}. */
  interface Opener {
    WatchService open() throws IOException;
  }

  /** Asks for a watch service when it is needed first. */
  Wakeup(Opener opener) throws IOException {
    this.opener = opener;
    this.selector = Selector.open();
  }

  @Override
  public Watch watch(Path directory, Listener listener) throws IOException {
    WatchService running = service();
    ServiceWatcher watcher = queues;
    if (watcher == null) {
      watcher = new ServiceWatcher(running);
      queues = watcher;
    }
    return watcher.watch(directory, listener);
  }

  private WatchService service() throws IOException {
    WatchThread running = watches;
    if (running == null) {
      running = new WatchThread(opener.open(), this::wake);
      watches = running;
    }
    return running.service();
  }

  @Override
  public void wake() {
    selector.wakeup();
  }

  @Override
  public void watch(SelectableChannel channel, int operations) {
    try {
      channel.register(selector, operations);
    } catch (ClosedChannelException ignored) {
      // It has nothing more to say.
    }
  }

  /**
   * Watches these log directories and no others. One that cannot be watched is looked at when the
   * time has come.
   */
  void watchLogs(Set<Path> directories) {
    logDirectories
        .entrySet()
        .removeIf(
            entry -> {
              boolean stale = !directories.contains(entry.getKey()) || !entry.getValue().isValid();
              if (stale) {
                entry.getValue().cancel();
              }
              return stale;
            });
    for (Path directory : directories) {
      if (!logDirectories.containsKey(directory)) {
        watchLog(directory);
      }
    }
  }

  private void watchLog(Path directory) {
    try {
      logDirectories.put(
          directory,
          directory.register(
              service(),
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_DELETE,
              StandardWatchEventKinds.ENTRY_MODIFY));
    } catch (IOException ignored) {
      // Gone, unreadable or no inotify there: the timer looks all the same.
    }
  }

  /**
   * Sleeps until something happens, and a moment longer, or for a time at most; hands over what
   * queues want to know.
   *
   * @return whether a queue was told of anything
   */
  boolean await(long millis) throws InterruptedException {
    sleep(millis);
    boolean told = false;
    WatchThread running = watches;
    WatchKey key = running == null ? null : running.poll();
    while (running != null && key != null) {
      told |= tell(key);
      key = running.poll();
    }
    return told;
  }

  private void sleep(long millis) throws InterruptedException {
    long start = System.nanoTime();
    select(millis);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    never.await(Math.min(left, GATHER_MILLIS), TimeUnit.MILLISECONDS);
  }

  private void select(long millis) {
    try {
      if (millis > 0) {
        selector.select(millis);
      } else {
        selector.selectNow();
      }
      selector.selectedKeys().clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean tell(WatchKey key) {
    if (queues != null && queues.dispatch(key)) {
      return true;
    }
    key.pollEvents();
    key.reset();
    return false;
  }

  @Override
  public void close() throws IOException {
    selector.close();
    if (watches != null) {
      watches.close();
    }
  }
}
