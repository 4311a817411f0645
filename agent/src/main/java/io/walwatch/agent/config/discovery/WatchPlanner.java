/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import io.walwatch.agent.archive.settings.ServerSettings;
import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.access.AccessDiagnosis;
import io.walwatch.agent.config.access.AccessDiagnosis.Purpose;
import io.walwatch.agent.config.access.AccessInspector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a configuration into all that is to be watched; what it does not name is found. */
public final class WatchPlanner {
  private final Path root;
  private final AccessInspector access;
  private final Map<String, String> environment;
  private final Set<String> framings;

  /** A planner for this host. */
  public WatchPlanner(Map<String, String> environment, Set<String> framings) {
    this(Path.of("/"), AccessInspector.forThisProcess(), environment, framings);
  }

  /**
   * A planner for a file tree.
   *
   * @param root where it begins
   * @param environment PGDATA in it counts
   * @param framings formats of logs that can be read
   */
  public WatchPlanner(
      Path root, AccessInspector access, Map<String, String> environment, Set<String> framings) {
    this.root = root;
    this.access = access;
    this.environment = Map.copyOf(environment);
    this.framings = Set.copyOf(framings);
  }

  /** Looks at the host anew. */
  public WatchPlan plan(AgentConfig config) {
    List<Finding> findings = List.of();
    List<String> problems = new ArrayList<>();
    List<ServerConfig> servers = config.servers();
    if (servers.isEmpty() && config.discovery()) {
      Optional<String> pgdata = Optional.ofNullable(environment.get("PGDATA"));
      findings = new ServerDiscovery(root, access, pgdata).find();
      servers = findings.stream().flatMap(finding -> server(finding).stream()).toList();
    }
    boolean configured = findings.isEmpty();
    PlannedLogs logs = new PlannedLogs();
    for (ServerConfig server : servers) {
      logs.addServer(
          server,
          server.dataDirectory().map(directory -> search(server, directory, configured, problems)));
    }
    config.sources().forEach(logs::addSource);
    problems.addAll(logs.problems());
    return new WatchPlan(logs.servers(), logs.sources(), findings, problems);
  }

  private static Optional<ServerConfig> server(Finding finding) {
    return finding
        .server()
        .map(
            name ->
                new ServerConfig(
                    name, Optional.of(finding.directory()), Optional.empty(), Optional.empty()));
  }

  private ServerLogs search(
      ServerConfig server, Path directory, boolean configured, List<String> problems) {
    ServerSettings settings = ServerSettings.read(directory, root);
    Optional<AccessDiagnosis> blocked = access.diagnose(directory, Purpose.DATA_DIRECTORY);
    // Of a server that was found, its finding tells what is in the way.
    if (blocked.isPresent() && configured) {
      problems.add(server.name() + ": " + blocked.get().line());
    }
    if (blocked.isEmpty()) {
      settings.problems().forEach(problem -> problems.add(server.name() + ": " + problem));
    }
    return new ServerLogs(server.name(), root, directory, settings, framings);
  }
}
