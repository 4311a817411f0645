/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.metrics.BuildInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.LogManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code walwatch serve}: the agent. */
@Command(
    name = "serve",
    description = "Watches, and answers Prometheus.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  walwatch serve",
      "      watch the servers that are found on this host",
      "  walwatch serve --pgdata /var/lib/postgresql/15/main --listen 127.0.0.1:10432",
      "  walwatch serve --log '/var/log/postgresql/*.log' --archive-status /pg_wal/archive_status"
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AgentFlags flags;

  ServeCommand() {}

  @Override
  public Integer call() throws Exception {
    AgentConfig config = flags.load();
    WatchPlan plan =
        HostLook.of(() -> Watchlist.look(config))
            .within(HostLook.FIRST_PATIENCE)
            .orElse(Watchlist.NOTHING_YET);
    Agent agent =
        Agent.start(config, plan, flags.plugins(config), flags::reload, InstantSource.system());
    Watchlist.say(plan, config);
    Signals.handle("TERM", agent::stop);
    Signals.handle("INT", agent::stop);
    Signals.handle("HUP", agent::reload);
    var out = spec.commandLine().getOut();
    for (InetSocketAddress address : agent.addresses()) {
      out.println(
          "walwatch "
              + BuildInfo.get().version()
              + " listening on "
              + url(address, agent.isSecure()));
    }
    out.flush();
    agent.await();
    agent.close();
    LogManager.shutdown();
    return agent.hasFailed() ? Main.BROKEN : 0;
  }

  private static String url(InetSocketAddress address, boolean secure) {
    InetAddress ip = address.getAddress();
    String host = ip.getHostAddress();
    return (secure ? "https://" : "http://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }
}
