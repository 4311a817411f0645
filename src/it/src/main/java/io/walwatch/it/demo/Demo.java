/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Real PostgreSQL with archive_mode=on, some write load, an archiver that now and then fails and
 * sometimes is slow, and walwatch beside them. Runs until Ctrl-C, or for a number of seconds.
 */
public final class Demo {
  private static final int STOP_LIMIT_SECONDS = 60;

  private Demo() {}

  /**
   * Runs the demo.
   *
   * @param arguments how many seconds to run; 0 or nothing: until Ctrl-C
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    long seconds = arguments.length == 0 ? 0 : Long.parseLong(arguments[0]);
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(end, ended), "demo-stop"));
    out.println("Starting PostgreSQL, its archiver and walwatch ...");
    try {
      play(out, end, seconds);
      // Before the VM is let go, which would end in the middle of it.
      out.println("Stopped. Nothing is left running, and the demo's directory is gone.");
    } finally {
      ended.countDown();
    }
  }

  private static void play(PrintStream out, CountDownLatch end, long seconds) throws Exception {
    try (Stage stage = Stage.open()) {
      new Play(out, stage, end).run(seconds);
    }
  }

  /** On Ctrl-C the VM waits for this, and this for the demo, which cleans up in its own order. */
  private static void stop(CountDownLatch end, CountDownLatch ended) {
    end.countDown();
    try {
      if (!ended.await(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the demo did not end in " + STOP_LIMIT_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
