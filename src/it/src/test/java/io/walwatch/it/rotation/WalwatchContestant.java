/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.rotation;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import java.io.IOException;
import java.nio.file.Path;
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
                "--state-dir",
                directory.resolveSibling("state").toString());
    agent = started;
    started.scrape();
  }

  @Override
  public long counted() {
    AgentProcess running = agent;
    return running == null ? 0 : Math.round(running.scrape().sum("walwatch_push_completed_total"));
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
