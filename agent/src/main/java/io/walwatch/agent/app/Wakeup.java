/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.ServiceWatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What ends the loop's sleep: a change in a watched directory, or time. Events of log directories
 * only wake; those of archive_status are handed to the queue's watcher.
 */
final class Wakeup implements AutoCloseable {
  private final WatchService service;
  private final ServiceWatcher queues;
  private final Map<Path, WatchKey> logDirectories = new HashMap<>();

  Wakeup(WatchService service) {
    this.service = service;
    this.queues = new ServiceWatcher(service);
  }

  ServiceWatcher queues() {
    return queues;
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
              service,
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
    boolean told = false;
    @Nullable WatchKey key = service.poll(millis, TimeUnit.MILLISECONDS);
    while (key != null) {
      if (queues.dispatch(key)) {
        told = true;
      } else {
        key.pollEvents();
        key.reset();
      }
      key = service.poll();
    }
    return told;
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
