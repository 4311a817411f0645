/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.demo;

import io.walwatch.it.archiver.Journal;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What happens between start and end: load, mishaps, a line for people. One thread does it all. */
final class Play {
  private static final int STEP_MILLIS = 200;
  private static final int REPORT_SECONDS = 10;

  private final PrintStream out;
  private final Stage stage;
  private final CountDownLatch end;
  private final WriteLoad load;
  private final Mishaps mishaps;

  Play(PrintStream out, Stage stage, CountDownLatch end) {
    this.out = out;
    this.stage = stage;
    this.end = end;
    this.load = new WriteLoad(stage.server());
    this.mishaps = new Mishaps(stage.archiver());
  }

  /**
   * Runs until it is told to end.
   *
   * @param seconds the most it runs; 0: no limit
   */
  void run(long seconds) throws Exception {
    load.prepare();
    introduce(seconds);
    try {
      play(seconds > 0 ? seconds : Long.MAX_VALUE);
    } catch (IOException | SQLException | IllegalStateException e) {
      // Ctrl-C reaches all processes of the terminal at once: what is gone by then is no failure.
      if (end.getCount() > 0) {
        throw e;
      }
    }
    conclude();
  }

  private void play(long seconds) throws Exception {
    long start = System.nanoTime();
    long second = 0;
    while (second < seconds && !end.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
      load.step();
      while (second < TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)) {
        second++;
        second(second);
      }
    }
  }

  private void second(long second) throws IOException {
    mishaps.second();
    if (second % REPORT_SECONDS == 0) {
      stage.pruneStore();
      out.println(StatusLine.of(stage.agent().scrape(), Instant.now()));
    }
  }

  private void introduce(long seconds) {
    out.println("PostgreSQL   127.0.0.1:" + stage.server().port() + ", user postgres");
    out.println("  data       " + stage.server().dataDirectory());
    out.println("  log        " + stage.server().logDirectory());
    out.println("  queue      " + stage.server().archiveStatus());
    out.println("archived to  " + stage.archiver().store());
    out.println("walwatch     " + stage.agent().address().resolve("/metrics"));
    out.println("  state      " + stage.stateDirectory());
    out.println("Once a minute each, the archiver lacks its keys, is slow, is killed, is refused.");
    out.println(seconds > 0 ? "This ends after " + seconds + " s." : "Ctrl-C ends this.");
  }

  private void conclude() {
    Journal journal = stage.archiver().journal();
    out.println(
        "The archiver's own journal: "
            + journal.entries().size()
            + " runs, "
            + journal.begun()
            + " begun, "
            + journal.stored()
            + " stored, "
            + journal.count(entry -> entry.outcome().startsWith("exit"))
            + " failed by exit code, "
            + journal.count(entry -> entry.outcome().startsWith("signal"))
            + " by signal");
  }
}
