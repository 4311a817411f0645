/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walwatch.it.agent.AgentProcess;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** What a log that floods costs the log beside it. */
public final class Fairness {
  private static final int PUSHES = 100;

  private Fairness() {}

  /** Measures without and with a flood, and prints a table. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    out.println("| from a record's write to the scrape that shows it | median | 99th percentile |");
    out.println("| --- | --- | --- |");
    out.println(row("nothing else is written", Latency.measure(PUSHES)));
    out.println(flooded());
  }

  private static String flooded() throws IOException, InterruptedException {
    try (Scene scene = Scene.create();
        AgentProcess agent = scene.serve();
        Flood flood = new Flood(scene.log(0))) {
      Latency latency = Latency.measure(scene, agent, PUSHES);
      double speed = flood.megabytesPerSecond();
      long lost = Math.round(agent.scrape().sum("walwatch_source_lost_bytes_total"));
      return row(
          String.format(
              Locale.ROOT, "another log grows by %.0f MB/s (%d bytes of it lost)", speed, lost),
          latency);
    }
  }

  private static String row(String what, Latency latency) {
    return String.format(
        Locale.ROOT,
        "| %s | %.0f ms | %.0f ms |",
        what,
        latency.percentileMillis(50),
        latency.percentileMillis(99));
  }
}
