/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.DirectoryWatcher;
import io.walwatch.agent.archive.ServiceWatcher;
import java.io.IOException;
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
 * What ends the loop's sleep: a change in a watched directory, or time. Events of log directories
 * only wake; those of archive_status are handed to the queue's watcher.
 *
 * <p>Where the system has no watch service left to give (each is an inotify instance, and a user
 * may have 128), time alone ends the sleep, and the service is asked for again and again.
 */
final class Wakeup implements DirectoryWatcher, AutoCloseable {
  private final Opener opener;
  private final Map<Path, WatchKey> logDirectories = new HashMap<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private @Nullable WatchService service;
  private @Nullable ServiceWatcher queues;

  /** Gives a watch service, such as {@code FileSystem.newWatchService}. */
  interface Opener {
    WatchService open() throws IOException;
  }

  /** Asks for a watch service when it is needed first. */
  Wakeup(Opener opener) {
    this.opener = opener;
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
    WatchService running = service;
    if (running == null) {
      running = opener.open();
      service = running;
    }
    return running;
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
   * Sleeps until something happens, or for a time; hands over what queues want to know.
   *
   * @return whether a queue was told of anything
   */
  boolean await(long millis) throws InterruptedException {
    WatchService running = service;
    if (running == null) {
      never.await(millis, TimeUnit.MILLISECONDS);
      return false;
    }
    boolean told = false;
    @Nullable WatchKey key = running.poll(millis, TimeUnit.MILLISECONDS);
    while (key != null) {
      told |= tell(key);
      key = running.poll();
    }
    return told;
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
    if (service != null) {
      service.close();
    }
  }
}
