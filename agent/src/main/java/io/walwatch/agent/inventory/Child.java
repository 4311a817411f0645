/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A running command with all that it has started. {@link #close()} leaves nothing of it behind that
 * can be found, whatever has happened. One thread uses it; two of its own watch the time and
 * collect standard error.
 */
final class Child implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Until a killed process is gone; one in an uninterruptible call may take longer. */
  private static final long REAP_MILLIS = 2_000;

  /** Of a process that cannot be ended. */
  private static final int UNKNOWN_CODE = -1;

  private static final long NOT_ENDED = Long.MIN_VALUE;

  /** How long the rest of a command that has ended may go on printing. */
  private static final long GRACE_NANOS = 2_000 * NANOS_PER_MILLI;

  /** How often it is looked for what is left: that reads a file or two of each process. */
  private static final long AFTER_END_MILLIS = 100;

  /** What is started while it is looked for is found by the next turn. */
  private static final int KILL_TURNS = 5;

  private final Process process;
  private final boolean leadsGroup;
  private final Offspring offspring;
  private final Consumer<Child> whenClosed;
  private final long deadlineNanos;
  private final ChildOutput output;
  private final OutputTail errors;
  private final Thread collector;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong endedNanos = new AtomicLong(NOT_ENDED);
  private volatile boolean alone;
  private volatile boolean timedOut;

  Child(
      Process process,
      boolean leadsGroup,
      Offspring offspring,
      Duration timeout,
      Consumer<Child> whenClosed) {
    this.offspring = offspring;
    this.whenClosed = whenClosed;
    this.process = process;
    this.leadsGroup = leadsGroup;
    this.deadlineNanos = System.nanoTime() + timeout.toNanos();
    this.output = new ChildOutput(process.getInputStream(), this);
    this.errors = new OutputTail(new ChildOutput(process.getErrorStream(), this));
    this.collector = daemon(errors, "walwatch-lister-stderr");
    collector.start();
    daemon(this::watch, "walwatch-lister-watchdog").start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  ChildOutput output() {
    return output;
  }

  /**
   * Whether nothing more will be printed: the command has ended, and so have all that it started,
   * or they had their time.
   */
  boolean isOver() {
    if (alone) {
      return true;
    }
    if (process.isAlive()) {
      return false;
    }
    endedNanos.compareAndSet(NOT_ENDED, System.nanoTime());
    alone = offspring.find().isEmpty();
    return alone || System.nanoTime() - endedNanos.get() > GRACE_NANOS;
  }

  /** Waits for that long, or for the end of the command; longer for what it has left behind. */
  void pause(long millis) throws InterruptedException {
    if (process.isAlive()) {
      process.waitFor(millis, TimeUnit.MILLISECONDS);
    } else {
      closed.await(AFTER_END_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Ends everything when its time is over. */
  private void watch() {
    try {
      long restMillis = Math.max(0, deadlineNanos - System.nanoTime()) / NANOS_PER_MILLI;
      if (!closed.await(restMillis, TimeUnit.MILLISECONDS)) {
        timedOut = true;
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the end; the exit code as a shell has it (128 and the signal). */
  int await() throws InterruptedException {
    long restMillis = Math.max(0, deadlineNanos - System.nanoTime()) / NANOS_PER_MILLI;
    boolean ended = process.waitFor(restMillis + REAP_MILLIS, TimeUnit.MILLISECONDS);
    collector.join(REAP_MILLIS);
    return ended ? process.exitValue() : UNKNOWN_CODE;
  }

  boolean timedOut() {
    return timedOut;
  }

  /** The end of standard error so far. */
  String errors() {
    return errors.text();
  }

  /** Kills the command and everything that it has started. */
  @Override
  public void close() {
    closed.countDown();
    if (!alone) {
      kill();
    }
    try {
      process.waitFor(REAP_MILLIS, TimeUnit.MILLISECONDS);
      collector.join(REAP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeQuietly(process.getInputStream());
    closeQuietly(process.getErrorStream());
    whenClosed.accept(this);
  }

  /** Any thread. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    if (leadsGroup) {
      killGroup();
    }
    process.destroyForcibly();
    List<ProcessHandle> left = offspring.find();
    for (int turn = 0; turn < KILL_TURNS && !left.isEmpty(); turn++) {
      left.forEach(ProcessHandle::destroyForcibly);
      left = offspring.find();
    }
  }

  /** Also reaches what has been orphaned, which is no descendant any longer. */
  private void killGroup() {
    try {
      // The shell's own kill: the program of that name is Debian's procps, which need not be there.
      new ProcessBuilder("sh", "-c", "kill -s KILL -- -" + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(REAP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IOException ignored) {
      // Without a shell the descendants that could be seen are all that can be ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException ignored) {
      // Nothing is read from it any longer.
    }
  }
}
