/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.tail.FileSource;
import java.time.InstantSource;

/** Everything read once from start to end, without memory of an earlier look. */
final class OneLook {
  private static final int BUDGET_BYTES = 16 << 20;

  private OneLook() {}

  static Snapshot take(AgentConfig config, WatchPlan plan, InstantSource clock)
      throws UsageException {
    AgentState state = new AgentState(clock);
    Plugins plugins = Plugins.find(config.pluginDirectory());
    Watched watched =
        Watched.lookedAt(config, plan, plugins, state, clock, FileSource.Start.BEGINNING);
    watched.sources().forEach(OneLook::readAll);
    long beforeMillis = clock.millis() - config.limits().pushTimeout().toMillis();
    watched.sources().forEach(source -> state.expirePushes(source.server(), beforeMillis));
    Snapshot snapshot = watched.snapshot(new NoCheckpoint(clock.millis()).snapshot());
    watched.close();
    return snapshot;
  }

  private static void readAll(WatchedSource source) {
    int read;
    do {
      read = source.stream().read(BUDGET_BYTES);
    } while (read > 0);
    source.stream().finish();
  }
}
