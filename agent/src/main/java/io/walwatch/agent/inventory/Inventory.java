/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Looks at every set of backups again and again, on threads of its own: one look of a set at a
 * time, all sets at once, so that those that hang do not keep the others waiting, nor what a timer
 * leaves in the spool. Times are jittered, so that a hundred hosts do not ask one store at the same
 * second.
 *
 * <p>The newest result of each set waits here until the loop takes it.
 */
public final class Inventory implements AutoCloseable {
  private static final Logger logger = LogManager.getLogger(Inventory.class);

  /**
   * Looks of different sets at once: more than there are sets on any host. As many threads more may
   * be held by looks that were stopped and do not end.
   */
  private static final int MAX_AT_ONCE = 32;

  /** A look that is due for longer waits for a thread. */
  private static final long WAITING_MILLIS = 1_000;

  /** The first looks begin within this time after the start. */
  private static final long FIRST_MILLIS = 5_000;

  /** How often the spool is looked into: one stat. */
  private static final long SPOOL_MILLIS = 5_000;

  private final Launcher launcher;
  private final Spool spool;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ScheduledThreadPoolExecutor executor;
  private final ScheduledThreadPoolExecutor spoolExecutor;
  private final Map<String, BackupSet> wanted = new HashMap<>();
  private final Map<String, Look> finished = new ConcurrentHashMap<>();
  private final Map<String, VerifiedWal> verified = new ConcurrentHashMap<>();
  private final List<BackupSet> running = new ArrayList<>();
  private final Map<String, Future<?>> pending = new ConcurrentHashMap<>();

  /** Looks at nothing yet. */
  public Inventory(Launcher launcher, Spool spool, InstantSource clock, RandomGenerator random) {
    this.launcher = launcher;
    this.spool = spool;
    this.clock = clock;
    this.random = random;
    this.executor = new ScheduledThreadPoolExecutor(MAX_AT_ONCE, threads());
    this.spoolExecutor = new ScheduledThreadPoolExecutor(1, threads());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static ThreadFactory threads() {
    return task -> {
      Thread thread = new Thread(task, "walwatch-inventory");
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Begins to look at these sets, beside those that are looked at already. */
  public synchronized void start(Collection<BackupSet> sets) {
    sets.forEach(set -> wanted.put(set.name(), set));
    size();
    for (BackupSet set : sets) {
      if (set.byTimer()) {
        readSpool(set, new SpoolReader(set, spool, clock));
      } else {
        long most = Math.min(FIRST_MILLIS, set.every().toMillis());
        look(set, random.nextLong(most));
      }
    }
  }

  /** Before a set is looked at for the first time: what is known of its store. */
  public void rely(String set, VerifiedWal wal) {
    verified.put(set, wal);
  }

  /** Looks at this set no longer: one that runs is killed, and no result of it comes any more. */
  public synchronized void stop(BackupSet set) {
    if (wanted.remove(set.name(), set)) {
      finished.remove(set.name());
      verified.remove(set.name());
      Future<?> look = pending.remove(set.name());
      if (look != null) {
        look.cancel(true);
      }
      size();
    }
  }

  /**
   * A look in a dead network file system ends when the server is back, whoever stops it: its thread
   * is none of those that the others have.
   */
  private synchronized void size() {
    int stopped = (int) running.stream().filter(set -> !isWanted(set)).count();
    executor.setCorePoolSize(
        Math.max(1, Math.min(MAX_AT_ONCE, wanted.size())) + Math.min(MAX_AT_ONCE, stopped));
  }

  private boolean isWanted(BackupSet set) {
    return set.equals(wanted.get(set.name()));
  }

  private synchronized void finish(BackupSet set, Look look) {
    if (isWanted(set)) {
      finished.put(set.name(), look);
      look.listing().ifPresent(listing -> remember(set.name(), listing.verifiedWal()));
    }
  }

  /** Looks that are due and wait until others have ended. Any thread. */
  public long waiting() {
    return executor.getQueue().stream()
        .filter(task -> ((Delayed) task).getDelay(TimeUnit.MILLISECONDS) < -WAITING_MILLIS)
        .count();
  }

  private void remember(String set, Optional<VerifiedWal> wal) {
    if (wal.isPresent()) {
      verified.put(set, wal.get());
    } else {
      verified.remove(set);
    }
  }

  /** Hands over what has come since the last call. Never waits. */
  public void drain(BiConsumer<String, Look> taker) {
    for (String name : List.copyOf(finished.keySet())) {
      Look look = finished.remove(name);
      if (look != null) {
        taker.accept(name, look);
      }
    }
  }

  private synchronized void look(BackupSet set, long delayMillis) {
    if (!isWanted(set) || executor.isShutdown()) {
      return;
    }
    Future<?> next = executor.schedule(() -> lookAndGoOn(set), delayMillis, TimeUnit.MILLISECONDS);
    pending.put(set.name(), next);
  }

  /** Whatever a plug-in throws: a set that is never looked at again would seem to be well. */
  private void lookAndGoOn(BackupSet set) {
    begin(set);
    try {
      finish(set, Look.take(set.lister(), Optional.ofNullable(verified.get(set.name())), clock));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      end(set);
      if (!Thread.currentThread().isInterrupted()) {
        look(set, jittered(set.every()));
      }
    }
  }

  private synchronized void begin(BackupSet set) {
    running.add(set);
    size();
  }

  private synchronized void end(BackupSet set) {
    running.remove(set);
    size();
  }

  private void readSpool(BackupSet set, SpoolReader reader) {
    Future<?> reading =
        spoolExecutor.scheduleWithFixedDelay(
            () -> {
              try {
                reader.look().ifPresent(look -> finish(set, look));
              } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                logger.error("{}: reading the spool failed", set.name(), e);
              }
            },
            0,
            SPOOL_MILLIS,
            TimeUnit.MILLISECONDS);
    pending.put(set.name(), reading);
  }

  /** Nine to eleven tenths. */
  private long jittered(Duration every) {
    long tenth = Math.max(1, every.toMillis() / 10);
    return every.toMillis() - tenth + random.nextLong(2 * tenth + 1);
  }

  /** Kills the looks that run, and begins no others. */
  @Override
  public void close() {
    pending.values().forEach(look -> look.cancel(true));
    executor.shutdownNow();
    spoolExecutor.shutdownNow();
    launcher.close();
  }
}
