/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walwatch.bench.log.GeneratedLog;
import io.walwatch.bench.log.LogCounts;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Measures the packed agent from outside, beside grep and mtail, and prints a table. */
public final class WholeProcess {
  private static final int START_ROUNDS = 11;
  private static final int CATCH_UP_ROUNDS = 5;
  private static final int PUSHES = 200;
  private static final double MILLIS_PER_IDLE_RUN = 30_000;

  private final PrintStream out;

  private WholeProcess(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs all of it.
   *
   * @param arguments a directory to work in, and the size of the log in MiB
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    new WholeProcess(out).run(directory, Long.parseLong(arguments[1]) << 20);
  }

  private void run(Path directory, long bytes) throws IOException, InterruptedException {
    out.println("| what | measured |");
    out.println("| --- | --- |");
    row("Java", System.getProperty("java.vendor.version", "") + " " + Runtime.version());
    row(
        "start to first scrape, median of " + START_ROUNDS,
        "%.0f ms",
        Timing.startToFirstScrapeMillis(START_ROUNDS));
    Latency latency = Latency.measure(PUSHES);
    row("from a record's write to the scrape that shows it, median", millis(latency, 50));
    row("the same, 99th percentile of " + PUSHES, millis(latency, 99));
    ProcessStatus idle = Footprint.idle();
    row("resident, two logs and one queue, after 30 s", "%.1f MiB", mib(idle.residentKib()));
    row(
        "processor time when nothing happens, a scrape a second",
        "%.2f %% of one core",
        idle.cpu().toMillis() * 100 / MILLIS_PER_IDLE_RUN);
    row("peak resident, 100,000 .ready", "%.1f MiB", mib(Footprint.longQueue().peakKib()));
    Path log = directory.resolve("postgresql.log");
    try {
      LogCounts counts = GeneratedLog.write(log, bytes);
      row(
          "peak resident, catching up",
          "%.1f MiB",
          mib(Footprint.catchingUp(log, counts).peakKib()));
      catchUp(new CatchUp(log, counts), counts);
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private void catchUp(CatchUp catchUp, LogCounts counts) throws IOException, InterruptedException {
    row(
        "the log",
        "%.0f MiB, %.1f million lines",
        mib(counts.bytes() / 1024),
        counts.lines() / 1e6);
    catchUp.grep();
    double grep = Timing.medianMillis(CATCH_UP_ROUNDS, catchUp::grep);
    double walwatch = Timing.medianMillis(CATCH_UP_ROUNDS, catchUp::walwatch);
    row("grep -c -E with two patterns", "%.2f s", grep / 1000);
    row("walwatch once, whole process", "%.2f s", walwatch / 1000);
    row("walwatch / grep", "%.2f", walwatch / grep);
    if (installed("mtail")) {
      double mtail = Timing.medianMillis(1, catchUp::mtail);
      row("mtail, three rules", "%.2f s", mtail / 1000);
      row("mtail / walwatch", "%.1f", mtail / walwatch);
    }
  }

  private static String millis(Latency latency, double percent) {
    return String.format(Locale.ROOT, "%.0f ms", latency.percentileMillis(percent));
  }

  private static boolean installed(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static double mib(long kib) {
    return kib / 1024.0;
  }

  private void row(String what, String value) {
    out.println("| " + what + " | " + value.strip() + " |");
  }

  private void row(String what, String format, Object... values) {
    row(what, String.format(Locale.ROOT, format, values));
  }
}
