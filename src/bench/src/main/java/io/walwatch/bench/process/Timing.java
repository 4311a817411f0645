/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.process;

import io.walwatch.it.agent.AgentProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Medians of what takes time. */
final class Timing {
  private Timing() {}

  /** Something that is timed. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Median in milliseconds. */
  static double medianMillis(int rounds, Work work) throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      work.run();
      nanos.add(System.nanoTime() - start);
    }
    Collections.sort(nanos);
    return nanos.get(rounds / 2) / 1e6;
  }

  /** From the start of the process to the answer of the first scrape, in milliseconds. */
  static double startToFirstScrapeMillis(int rounds) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      try (Scene scene = Scene.create()) {
        long start = System.nanoTime();
        try (AgentProcess agent = scene.serve()) {
          agent.scrape();
          millis.add((System.nanoTime() - start) / 1e6);
        }
      }
    }
    Collections.sort(millis);
    return millis.get(rounds / 2);
  }
}
