/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.tail.LogStream;
import io.walwatch.agent.tail.SyslogTcpStream;
import io.walwatch.agent.tail.SyslogUdpStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends what a new plan says otherwise or no longer, so that it can go on where it was. */
final class Ending {
  private final AgentState state;
  private final LeftBehind leftBehind;
  private final WatchPlan plan;
  private final List<String> lines = new ArrayList<>();

  Ending(AgentState state, LeftBehind leftBehind, WatchPlan plan) {
    this.state = state;
    this.leftBehind = leftBehind;
    this.plan = plan;
  }

  void end(WatchedSource source) {
    LogStream stream = source.stream();
    // What a socket has brought cannot be read again; all else is, from the position on.
    if (stream instanceof SyslogUdpStream || stream instanceof SyslogTcpStream) {
      stream.finish();
    }
    leftBehind.keep(source);
    stream.close();
    Optional<LogSource> planned = Basis.sourceOf(plan, source.name());
    if (planned.isEmpty()) {
      lines.add("no longer reading " + source.name());
    }
    if (planned.isEmpty() || !planned.get().server().equals(source.server())) {
      state.leaveSource(source.name());
    }
  }

  void end(WatchedServer server) {
    server.queue().ifPresent(queue -> leftBehind.keep(server.name(), queue));
    server.close();
    if (Basis.serverOf(plan, server.name()).isEmpty()) {
      lines.add("no longer watching the server " + server.name());
      state.leaveServer(server.name());
    }
  }

  /** One for each server and source that the plan no longer names. */
  List<String> lines() {
    return lines;
  }
}
