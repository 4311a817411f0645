/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A running command with its process group. {@link #close()} leaves nothing of it behind, whatever
 * has happened. One thread uses it; two of its own watch the time and collect standard error.
 */
final class Child implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Until a killed process is gone; one in an uninterruptible call may take longer. */
  private static final long REAP_MILLIS = 2_000;

  private final Process process;
  private final boolean leadsGroup;
  private final Consumer<Child> whenClosed;
  private final long deadlineNanos;
  private final OutputTail errors;
  private final Thread collector;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean timedOut;

  Child(Process process, boolean leadsGroup, Duration timeout, Consumer<Child> whenClosed) {
    this.whenClosed = whenClosed;
    this.process = process;
    this.leadsGroup = leadsGroup;
    this.deadlineNanos = System.nanoTime() + timeout.toNanos();
    this.errors = new OutputTail(process.getErrorStream());
    this.collector = daemon(errors, "walwatch-lister-stderr");
    collector.start();
    daemon(this::watch, "walwatch-lister-watchdog").start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  InputStream output() {
    return process.getInputStream();
  }

  /** Ends the whole group when its time is over, so that a reader of its output sees the end. */
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
    int code = process.waitFor();
    collector.join(REAP_MILLIS);
    return code;
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
    kill();
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
