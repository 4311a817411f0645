/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.AgentState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The one thread that reads, interprets and writes. Each turn does a bounded amount of work, writes
 * the checkpoint when something changed, publishes, and sleeps until something happens.
 */
final class Loop implements Runnable {
  private static final Logger logger = LogManager.getLogger(Loop.class);

  /** Read from one source in one turn: a few milliseconds of work, so that none starves another. */
  private static final int BUDGET_BYTES = 4 << 20;

  /** The least time between two turns, so that a busy log cannot keep the loop spinning. */
  private static final long BREATH_MILLIS = 20;

  /** Soon enough to finish a record whose last line has been seen (see LineHandler.quiet). */
  private static final long SETTLE_MILLIS = 100;

  private static final long IDLE_MILLIS = 1_000;

  /** Sockets and pipes do not wake the loop as directories do. */
  private static final long POLL_MILLIS = 150;

  private static final long REFRESH_MILLIS = 5_000;

  private final Watched watched;
  private final AgentState state;
  private final Publisher publisher;
  private final Replanner replanner;
  private final Wakeup wakeup;
  private final InstantSource clock;
  private final long pushTimeoutMillis;
  private final CountDownLatch stop = new CountDownLatch(1);
  private long lastRefreshMillis;
  private int settling;
  private boolean polls;

  Loop(
      Watched watched,
      AgentState state,
      Publisher publisher,
      Replanner replanner,
      Wakeup wakeup,
      InstantSource clock,
      Duration pushTimeout) {
    this.watched = watched;
    this.state = state;
    this.publisher = publisher;
    this.replanner = replanner;
    this.wakeup = wakeup;
    this.clock = clock;
    this.pushTimeoutMillis = pushTimeout.toMillis();
  }

  @Override
  public void run() {
    try {
      boolean busy = turn();
      while (!stop.await(busy ? 0 : BREATH_MILLIS, TimeUnit.MILLISECONDS)) {
        wakeup.await(busy ? 0 : pauseMillis());
        busy = turn();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.stop();
  }

  /** Ends the loop after its current turn. Any thread. */
  void stop() {
    stop.countDown();
  }

  private long pauseMillis() {
    long pause = settling > 0 ? SETTLE_MILLIS : polls ? POLL_MILLIS : IDLE_MILLIS;
    return Math.min(pause, publisher.dueInMillis());
  }

  /** Returns whether a source had more than its budget. */
  private boolean turn() {
    boolean changed = replanner.tick();
    boolean busy = false;
    refresh();
    for (WatchedServer server : watched.servers()) {
      changed |= server.tick();
    }
    watched
        .servers()
        .forEach(server -> server.lookAtProcesses(state.pushingProcesses(server.name())));
    for (WatchedSource source : watched.sources()) {
      int read = source.stream().read(BUDGET_BYTES);
      changed |= read > 0;
      busy |= read >= BUDGET_BYTES;
    }
    wakeup.watchLogs(logDirectories());
    polls =
        watched.sources().stream()
            .anyMatch(source -> source.stream().watchedDirectories().isEmpty());
    settling = changed ? 2 : Math.max(0, settling - 1);
    if (!busy) {
      giveUpPushes();
    }
    publisher.offer(changed || settling > 0);
    return busy;
  }

  private void refresh() {
    long now = clock.millis();
    if (Math.abs(now - lastRefreshMillis) >= REFRESH_MILLIS) {
      lastRefreshMillis = now;
      watched.servers().forEach(WatchedServer::refresh);
    }
  }

  /** Only where the log is read to its end: an end that lies unread is no time-out. */
  private void giveUpPushes() {
    Set<String> behind = new HashSet<>();
    for (WatchedSource source : watched.sources()) {
      if (source.stream().lagBytes() > 0) {
        behind.add(source.server());
      }
    }
    for (WatchedServer server : watched.servers()) {
      if (!behind.contains(server.name())) {
        state.expirePushes(server.name(), clock.millis() - pushTimeoutMillis);
        state.abandonPushesOf(server.name(), server::isGone);
      }
    }
  }

  private Set<Path> logDirectories() {
    Set<Path> directories = new HashSet<>();
    watched.sources().forEach(source -> directories.addAll(source.stream().watchedDirectories()));
    return directories;
  }

  /** Closes what the loop used; after {@link #run} has returned. */
  void close() {
    watched.close();
    try {
      wakeup.close();
    } catch (java.io.IOException e) {
      logger.warn("The watch service did not close: {}", e.getMessage());
    }
  }
}
