/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a watch service, since nobody can wait for one and for channels at once, and hands over
 * what it tells. Between a key's signal and its reset nothing more is told of it, so that the queue
 * is never longer than there are keys.
 */
final class WatchThread implements AutoCloseable {
  private final WatchService service;
  private final Runnable wake;
  private final Queue<WatchKey> signalled = new ConcurrentLinkedQueue<>();

  /**
   * Begins to wait.
   *
   * @param wake called, on another thread, whenever there is something to poll
   */
  WatchThread(WatchService service, Runnable wake) {
    this.service = service;
    this.wake = wake;
    Thread thread = new Thread(this::run, "walwatch-watch");
    thread.setDaemon(true);
    thread.start();
  }

  WatchService service() {
    return service;
  }

  /** The next key that has something to tell, or null if there is none now. */
  @Nullable WatchKey poll() {
    return signalled.poll();
  }

  private void run() {
    try {
      for (; ; ) {
        signalled.add(service.take());
        wake.run();
      }
    } catch (ClosedWatchServiceException | InterruptedException over) {
      // Nobody is there any longer to be woken.
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
