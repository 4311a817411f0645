/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.ServerNames;
import io.walwatch.agent.config.SourceConfig;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.parse.PipelineOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects servers and their logs and gives each log a name of its own. */
final class PlannedLogs {
  private final Map<String, ServerConfig> servers = new LinkedHashMap<>();
  private final Map<String, LogSource> sources = new LinkedHashMap<>();
  private final Set<String> withOwnLog = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Adds a server and its own logs.
   *
   * @param search finds its logs; empty where it has no data directory
   */
  void addServer(ServerConfig server, Optional<ServerLogs> search) {
    servers.put(server.name(), server);
    if (server.logs().isPresent()) {
      PipelineOptions pipeline = search.map(ServerLogs::pipeline).orElse(PipelineOptions.DEFAULT);
      // One source for each: a record that arrives in two of them counts once, within one it does
      // not.
      for (String glob : server.logs().get()) {
        add(
            new LogSource(
                server.name() + "/log",
                server.name(),
                new SourceInput.Files(List.of(glob)),
                pipeline));
      }
    } else if (search.isPresent()) {
      search.get().find().forEach(this::add);
      problems.addAll(search.get().problems());
    }
    if (sources.values().stream().anyMatch(log -> log.server().equals(server.name()))) {
      withOwnLog.add(server.name());
    }
  }

  /** Adds a log that is no server's own; only where its server has none it is the authority. */
  void addSource(SourceConfig source) {
    String server = source.server().orElseGet(this::onlyServer);
    servers.computeIfAbsent(
        server,
        name -> new ServerConfig(name, Optional.empty(), Optional.empty(), Optional.of(List.of())));
    add(
        new LogSource(
            source.name(),
            server,
            source.input(),
            new PipelineOptions(
                source.framing().orElse(null),
                source.logLinePrefix().orElse(null),
                source.logTimezone().orElse(null),
                source.parsers(),
                !withOwnLog.contains(server))));
  }

  List<ServerConfig> servers() {
    return List.copyOf(servers.values());
  }

  List<LogSource> sources() {
    return List.copyOf(sources.values());
  }

  List<String> problems() {
    return problems;
  }

  private String onlyServer() {
    return servers.size() == 1 ? servers.keySet().iterator().next() : ServerNames.DEFAULT;
  }

  private void add(LogSource source) {
    String name = source.name();
    for (int i = 2; sources.containsKey(name); i++) {
      name = source.name() + "-" + i;
    }
    sources.put(
        name,
        new LogSource(name, source.server(), source.input(), source.pipeline(), source.alone()));
  }
}
