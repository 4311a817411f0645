/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.agent.Scrape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The packed agent. */
final class WalwatchContestant implements Contestant {
  private final Path directory;
  private @Nullable AgentProcess agent;

  WalwatchContestant(Path directory) {
    this.directory = directory;
  }

  @Override
  public void start() throws IOException {
    AgentProcess started =
        Launcher.packed()
            .serve(
                "--log",
                "main=" + directory + "/wal-e*.log",
                "--log",
                "beat=" + Heartbeat.path(directory),
                "--state-dir",
                directory.resolveSibling("state").toString());
    agent = started;
    started.scrape();
  }

  @Override
  public Tally counted() {
    Scrape scrape = scrape();
    long total = Math.round(scrape.sum("walwatch_push_completed_total"));
    long twice = Math.round(scrape.sum("walwatch_push_repeated_total"));
    return new Tally(total - twice, twice);
  }

  @Override
  public long beats() {
    return Math.round(scrape().sum("walwatch_archiver_messages_total", "server=beat"));
  }

  @Override
  public long lagBytes() {
    return Math.round(scrape().sum("walwatch_source_lag_bytes"));
  }

  private Scrape scrape() {
    return Objects.requireNonNull(agent, "not started").scrape();
  }

  @Override
  public void kill() throws InterruptedException {
    AgentProcess running = agent;
    if (running != null) {
      running.kill();
    }
  }

  @Override
  public void close() {
    AgentProcess running = agent;
    if (running != null) {
      running.close();
    }
  }
}
