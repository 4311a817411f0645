/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.process;

import io.walwatch.bench.log.GeneratedLog;
import io.walwatch.bench.log.LogCounts;
import io.walwatch.it.agent.AgentProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Resident memory of {@code serve}, and what it costs when nothing happens. */
public final class Footprint {
  private static final Duration SETTLED = Duration.ofSeconds(30);
  private static final Duration CATCH_UP_LIMIT = Duration.ofMinutes(3);
  private static final int WAITING_FILES = 100_000;

  private Footprint() {}

  /**
   * Two short logs and one queue, a scrape a second for 30 s.
   *
   * @return the process after that time; its processor time is that of the 30 s
   */
  public static ProcessStatus idle() throws IOException, InterruptedException {
    try (Scene scene = Scene.create();
        AgentProcess agent = scene.serve()) {
      agent.scrape();
      Duration before = ProcessStatus.of(agent.pid()).cpu();
      for (int second = 0; second < SETTLED.toSeconds(); second++) {
        agent.scrape();
        Pause.of(Duration.ofSeconds(1));
      }
      ProcessStatus after = ProcessStatus.of(agent.pid());
      return new ProcessStatus(after.residentKib(), after.peakKib(), after.cpu().minus(before));
    }
  }

  /** Reads a large log from its beginning; the peak is what counts. */
  public static ProcessStatus catchingUp(long bytes) throws IOException, InterruptedException {
    try (Scene scene = Scene.create()) {
      LogCounts counts = GeneratedLog.write(scene.log(0), bytes);
      return catchUp(scene, counts);
    }
  }

  /** The same with a log that is there already. */
  public static ProcessStatus catchingUp(Path log, LogCounts counts)
      throws IOException, InterruptedException {
    try (Scene scene = Scene.create()) {
      Files.copy(log, scene.log(0), StandardCopyOption.REPLACE_EXISTING);
      return catchUp(scene, counts);
    }
  }

  private static ProcessStatus catchUp(Scene scene, LogCounts counts)
      throws IOException, InterruptedException {
    try (AgentProcess agent = scene.serve()) {
      Pause.until(
          () -> agent.scrape().sum("walwatch_push_completed_total") == counts.completed(),
          CATCH_UP_LIMIT);
      return ProcessStatus.of(agent.pid());
    }
  }

  /** 100,000 segments that follow each other wait to be archived. */
  public static ProcessStatus longQueue() throws IOException, InterruptedException {
    return longQueue(1);
  }

  /** The same with every second segment: no two of the names follow each other. */
  public static ProcessStatus scatteredQueue() throws IOException, InterruptedException {
    return longQueue(2);
  }

  private static ProcessStatus longQueue(int step) throws IOException, InterruptedException {
    try (Scene scene = Scene.create()) {
      scene.ready(WAITING_FILES, step);
      try (AgentProcess agent = scene.serve()) {
        Pause.until(
            () -> agent.scrape().sum("walwatch_archive_ready_files") == WAITING_FILES,
            CATCH_UP_LIMIT);
        return ProcessStatus.of(agent.pid());
      }
    }
  }
}
