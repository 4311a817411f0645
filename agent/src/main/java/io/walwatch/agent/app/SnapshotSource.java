/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.AgentSnapshot;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.ServerFacts;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.state.SourceFacts;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Joins what is counted with what the disk looks like right now. Loop's thread only. */
record SnapshotSource(AgentState state, List<WatchedServer> servers, List<WatchedSource> sources) {
  Snapshot take(AgentSnapshot agent) {
    Map<String, WatchedServer> byServer =
        servers.stream().collect(Collectors.toMap(WatchedServer::name, Function.identity()));
    Map<String, WatchedSource> bySource =
        sources.stream().collect(Collectors.toMap(WatchedSource::name, Function.identity()));
    return state.publish(
        name -> {
          WatchedServer server = byServer.get(name);
          return server == null ? ServerFacts.NONE : server.facts();
        },
        name -> {
          WatchedSource source = bySource.get(name);
          return source == null ? new SourceFacts("", 0, 0) : source.facts();
        },
        agent);
  }
}
