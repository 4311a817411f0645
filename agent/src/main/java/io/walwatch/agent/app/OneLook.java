/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.Node;
import io.walwatch.agent.state.RestoreResult;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.tail.FileSource;
import java.time.InstantSource;
import java.util.List;

/**
 * Everything read once from start to end, without memory of an earlier look.
 *
 * @param servers what was looked at
 * @param sources what was read
 */
record OneLook(Snapshot snapshot, List<WatchedServer> servers, List<WatchedSource> sources) {
  private static final int BUDGET_BYTES = 16 << 20;

  static OneLook take(AgentConfig config, WatchPlan plan, InstantSource clock) {
    AgentState state = new AgentState(clock);
    Assembly assembly =
        new Assembly(
            config.limits(),
            plan,
            Plugins.find(config.pluginDirectory()),
            state,
            clock,
            FileSource.Start.BEGINNING,
            new Restored(RestoreResult.NEW, new Node()));
    List<WatchedServer> servers = assembly.servers(new NobodyWatches());
    List<WatchedSource> sources = assembly.sources();
    servers.forEach(WatchedServer::refresh);
    servers.forEach(WatchedServer::tick);
    sources.forEach(OneLook::readAll);
    long beforeMillis = clock.millis() - config.limits().pushTimeout().toMillis();
    sources.forEach(source -> state.expirePushes(source.server(), beforeMillis));
    Snapshot snapshot =
        new SnapshotSource(state, servers, sources)
            .take(new NoCheckpoint(clock.millis()).snapshot());
    sources.forEach(source -> source.stream().close());
    servers.forEach(WatchedServer::close);
    return new OneLook(snapshot, servers, sources);
  }

  private static void readAll(WatchedSource source) {
    int read;
    do {
      read = source.stream().read(BUDGET_BYTES);
    } while (read > 0);
    source.stream().finish();
  }
}
