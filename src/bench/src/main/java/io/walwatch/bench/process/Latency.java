/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.writer.PushRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * How long it takes from a record's write(2) to the scrape that shows it. The moment of writing is
 * random, so that it falls on every point of the agent's rhythm.
 */
final class Latency {
  private static final int WARM_UP = 20;
  private static final int LONGEST_PAUSE_MILLIS = 400;
  private static final long SEED = 20261122;

  private final double[] sortedMillis;

  private Latency(double[] millis) {
    sortedMillis = millis.clone();
    Arrays.sort(sortedMillis);
  }

  /** Writes so many pushes, each after the one before was seen. */
  static Latency measure(int pushes) throws IOException, InterruptedException {
    try (Scene scene = Scene.create();
        AgentProcess agent = scene.serve()) {
      return measure(scene, agent, pushes);
    }
  }

  /** The same, of an agent that runs already. */
  static Latency measure(Scene scene, AgentProcess agent, int pushes)
      throws IOException, InterruptedException {
    Random random = new Random(SEED);
    double[] millis = new double[pushes];
    for (int push = -WARM_UP; push < pushes; push++) {
      Pause.of(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
      double measured = one(scene, agent, push + WARM_UP);
      if (push >= 0) {
        millis[push] = measured;
      }
    }
    return new Latency(millis);
  }

  private static double one(Scene scene, AgentProcess agent, int segment) throws IOException {
    byte[] text = (PushRecords.begin(segment) + PushRecords.complete(segment)).getBytes(US_ASCII);
    long written = System.nanoTime();
    Files.write(scene.log(1), text, StandardOpenOption.APPEND);
    double seen;
    do {
      seen = agent.scrape().sum("walwatch_push_completed_total");
    } while (seen <= segment);
    return (System.nanoTime() - written) / 1e6;
  }

  /** The time that this share of the records needed at most, in milliseconds. */
  double percentileMillis(double percent) {
    int index = (int) Math.ceil(sortedMillis.length * percent / 100) - 1;
    return sortedMillis[Math.max(0, index)];
  }
}
