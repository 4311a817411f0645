/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.agent.inventory.Launcher;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.state.AgentFacts;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.tail.FileSource;
import java.time.InstantSource;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Everything read once from start to end, without memory of an earlier look. */
final class OneLook {
  private static final Logger logger = LogManager.getLogger(OneLook.class);
  private static final int BUDGET_BYTES = 16 << 20;

  private OneLook() {}

  static Snapshot take(AgentConfig config, WatchPlan plan, Plugins plugins, InstantSource clock)
      throws UsageException, InterruptedException {
    AgentState state = new AgentState(clock);
    Watched watched =
        Watched.lookedAt(
            config, plan, plugins, state, clock, FileSource.Start.BEGINNING, Voice.ONCE);
    readAll(watched, state);
    lookAtBackups(config, plugins, state, clock);
    long beforeMillis = clock.millis() - config.limits().pushTimeout().toMillis();
    watched.sources().forEach(source -> state.expirePushes(source.server(), beforeMillis));
    Snapshot snapshot = watched.snapshot(AgentFacts.NONE);
    watched.close();
    return snapshot;
  }

  /** Of those that a timer lists, the result that it has left counts. */
  private static void lookAtBackups(
      AgentConfig config, Plugins plugins, AgentState state, InstantSource clock)
      throws InterruptedException {
    try (Launcher launcher = Launcher.create()) {
      for (BackupSet set : BackupSets.of(config, plugins, launcher, clock)) {
        Look look = BackupSets.look(set, BackupSets.spool(config), clock);
        state.backups(set).apply(look);
        if (!look.worked()) {
          logger.error("{}", BackupReport.describe(set.name(), look));
        }
      }
    }
  }

  private static void readAll(Watched watched, AgentState state) {
    SideBySide reading = new SideBySide(state);
    long read;
    do {
      read = reading.turn(watched.sources(), BUDGET_BYTES, (source, work) -> work.run());
    } while (read > 0);
    watched.sources().forEach(source -> source.stream().finish());
  }
}
