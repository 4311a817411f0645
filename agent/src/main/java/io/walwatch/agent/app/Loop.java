/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The one thread that reads, interprets and writes. Each turn does a bounded amount of work, writes
 * the checkpoint when something changed, publishes, and sleeps until something happens.
 *
 * <p>A fault in the work for one source or server is survived. What cannot be survived (no memory,
 * no stack) ends the loop without a last checkpoint: the one before holds all that was shown.
 */
final class Loop implements Runnable {
  private static final Logger logger = LogManager.getLogger(Loop.class);

  /** Read from one source in one turn: a few milliseconds of work, so that none starves another. */
  private static final int BUDGET_BYTES = 4 << 20;

  /** Soon enough to finish a record whose last line has been seen (see LineHandler.quiet). */
  private static final long SETTLE_MILLIS = 100;

  private static final long IDLE_MILLIS = 1_000;

  /** Less than the agent waits for the end of the loop. */
  private static final Duration LAST_EVIDENCE = Duration.ofMillis(800);

  private final Watched watched;
  private final AgentState state;
  private final Publisher publisher;
  private final BooleanSupplier reloads;
  private final Replanner replanner;
  private final ForgetRequests requests;
  private final Backups backups;
  private final Jobs jobs;
  private final FailureWatch failures;
  private final Wakeup wakeup;
  private final InstantSource clock;
  private final Guard guard;
  private final SideBySide reading;
  private final Timer refresh;
  private final Timer look;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean failed;
  private int settling;
  private boolean readAny;
  private boolean asked;

  /**
   * Does nothing yet.
   *
   * @param reloads takes up a new configuration where one was asked for; tells whether there was
   *     one
   */
  Loop(
      Watched watched,
      AgentState state,
      Publisher publisher,
      BooleanSupplier reloads,
      Replanner replanner,
      ForgetRequests requests,
      Backups backups,
      Jobs jobs,
      FailureWatch failures,
      Wakeup wakeup,
      InstantSource clock) {
    this.watched = watched;
    this.state = state;
    this.publisher = publisher;
    this.reloads = reloads;
    this.replanner = replanner;
    this.requests = requests;
    this.backups = backups;
    this.jobs = jobs;
    this.failures = failures;
    this.wakeup = wakeup;
    this.clock = clock;
    this.guard = new Guard(state);
    this.reading = new SideBySide(state);
    this.refresh = new Timer(clock, Duration.ofSeconds(5));
    this.look = new Timer(clock, Duration.ofSeconds(1));
  }

  @Override
  public void run() {
    try {
      turns();
      guard.run("evidence", () -> failures.finish(LAST_EVIDENCE));
      publisher.stop();
    } catch (RuntimeException | Error e) {
      failed = true;
      logger.fatal("walwatch ends: the state of its loop is no longer certain", e);
    } finally {
      stop.countDown();
    }
  }

  private void turns() {
    boolean told = false;
    try {
      do {
        turn(told);
        told = wakeup.await(reading.isBusy() ? 0 : pauseMillis());
      } while (stop.getCount() > 0);
    } catch (InterruptedException e) {
      // As good as being told to stop. The flag stays down: it would close the checkpoint's
      // channel.
      stop.countDown();
    }
  }

  /** Ends the loop after its current turn. Any thread. */
  void stop() {
    stop.countDown();
    wakeup.wake();
  }

  /** Waits until the loop is told to end, or has ended by itself. Any thread. */
  void awaitStop() throws InterruptedException {
    stop.await();
  }

  /** Whether it ended by a fault. Any thread. */
  boolean hasFailed() {
    return failed;
  }

  private long pauseMillis() {
    long pause = settling > 0 ? SETTLE_MILLIS : IDLE_MILLIS;
    return Math.min(pause, publisher.dueInMillis());
  }

  /**
   * One turn.
   *
   * @param told whether a queue has heard of a change since the last one
   */
  void turn(boolean told) {
    asked = false;
    guard.run("taking up a new configuration", this::reload);
    guard.run("looking for servers", this::replan);
    for (WatchedServer server : watched.servers()) {
      guard.run(server.name(), () -> lookAt(server));
    }
    refresh.done();
    look.done();
    guard.run("publishing what is known", publisher::prepare);
    readAny = reading.turn(watched.sources(), BUDGET_BYTES, guard::run) > 0;
    guard.run("watching log directories", () -> wakeup.watchLogs(logDirectories()));
    guard.run("giving up pushes", this::giveUpPushes);
    guard.run("backups", () -> asked |= backups.tick(watched.servers()));
    guard.run("jobs", jobs::tick);
    guard.run("evidence", failures::tick);
    guard.run("what operators ask", () -> asked |= requests.apply(watched.servers()));
    Change changed = state.takeChanges().or(told || asked ? Change.EVENT : Change.NONE);
    settling = changed != Change.NONE || readAny ? 2 : Math.max(0, settling - 1);
    guard.run("publishing", () -> publish(changed));
  }

  private void publish(Change changed) {
    if (publisher.offer(changed)) {
      requests.kept();
      jobs.kept();
    }
  }

  private void reload() {
    if (reloads.getAsBoolean()) {
      asked = true;
      refresh.force();
    }
  }

  /** What is new must be known before it is looked at. */
  private void replan() {
    if (replanner.tick()) {
      refresh.force();
    }
  }

  private void lookAt(WatchedServer server) {
    if (refresh.isDue()) {
      server.refresh();
    }
    server.tick();
    if (look.isDue()) {
      server.lookAtProcesses(state.pushingProcesses(server.name()));
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
        state.expirePushes(server.name(), clock.millis() - watched.pushTimeout().toMillis());
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
    } catch (IOException e) {
      logger.warn("What wakes the loop did not close: {}", e.getMessage());
    }
  }
}
