/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.http.ReloadControl;
import io.walwatch.agent.http.ReloadControl.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration anew when it is asked to, on a thread of its own, and hands it to the
 * loop. One at a time; who asks while one waits to begin gets the same. Any thread.
 */
final class Reloads implements ReloadControl, AutoCloseable {
  private static final Logger logger = LogManager.getLogger(Reloads.class);

  private final ConfigReading reading;
  private final Runnable waker;
  private final ExecutorService executor = Executors.newSingleThreadExecutor(Reloads::thread);
  private final AtomicReference<@Nullable Handed> handed = new AtomicReference<>();
  private volatile AgentConfig current;
  private @Nullable CompletableFuture<Outcome> waiting;

  /**
   * What was read.
   *
   * @param config null where it cannot be used
   * @param problems why not
   * @param done to be completed once it is taken up
   */
  record Handed(
      @Nullable NewConfig config, List<String> problems, CompletableFuture<Outcome> done) {}

  /**
   * Reads nothing yet.
   *
   * @param current the configuration that holds
   * @param waker wakes the loop
   */
  Reloads(ConfigReading reading, AgentConfig current, Runnable waker) {
    this.reading = reading;
    this.current = current;
    this.waker = waker;
  }

  /** The agent must be able to end although a disk does not answer. */
  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "walwatch-reload");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public boolean isOn() {
    return current.httpReload();
  }

  @Override
  public synchronized CompletableFuture<Outcome> request() {
    CompletableFuture<Outcome> next = waiting;
    if (next == null) {
      next = new CompletableFuture<>();
      waiting = next;
      executor.execute(this::read);
    }
    return next;
  }

  private synchronized CompletableFuture<Outcome> begin() {
    CompletableFuture<Outcome> next = waiting == null ? new CompletableFuture<>() : waiting;
    waiting = null;
    return next;
  }

  private void read() {
    CompletableFuture<Outcome> done = begin();
    handed.set(read(done));
    waker.run();
    // The next one begins when this one is taken up, whatever became of it.
    done.handle((outcome, fault) -> outcome).join();
  }

  private Handed read(CompletableFuture<Outcome> done) {
    try {
      return new Handed(reading.read(current), List.of(), done);
    } catch (UsageException e) {
      return new Handed(null, List.of(String.valueOf(e.getMessage()).split("\nwalwatch: ")), done);
    } catch (RuntimeException | LinkageError e) {
      logger.error(
          "A fault of walwatch itself, or of a plug-in, while the configuration is read", e);
      return new Handed(null, List.of("a fault of walwatch itself, or of a plug-in: " + e), done);
    }
  }

  /** What waits to be taken up by the loop; null most of the time. */
  @Nullable Handed take() {
    return handed.getAndSet(null);
  }

  /** A configuration holds from now on. Loop's thread only. */
  void holds(AgentConfig config) {
    current = config;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
