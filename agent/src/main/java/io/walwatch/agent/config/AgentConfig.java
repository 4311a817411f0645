/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an agent is told to do, from options, environment, file and defaults. Immutable.
 *
 * @param listen where it answers; at least one
 * @param webConfig TLS and users, in the exporter-toolkit's format
 * @param stateDirectory where it remembers
 * @param pluginDirectory jars with more parsers; need not exist
 * @param servers named ones
 * @param discovery where none is named: whether they are found on this host, or there are none
 * @param sources logs that are not a server's own
 * @param backups listings of what exists, in the order of the file
 * @param jobs what {@code walwatch run} is expected to run
 * @param fromStart the first start reads logs from their beginning
 * @param httpReload whether {@code POST /-/reload} reads the configuration anew
 */
public record AgentConfig(
    List<ListenAddress> listen,
    Optional<Path> webConfig,
    Path stateDirectory,
    Path pluginDirectory,
    List<ServerConfig> servers,
    boolean discovery,
    List<SourceConfig> sources,
    List<BackupConfig> backups,
    List<JobConfig> jobs,
    Limits limits,
    boolean fromStart,
    boolean httpReload) {
  public static final AgentConfig DEFAULT =
      new AgentConfig(
          List.of(new ListenAddress(Optional.empty(), 10432)),
          Optional.empty(),
          Path.of("/var/lib/walwatch"),
          Path.of("/usr/lib/walwatch/plugins"),
          List.of(),
          true,
          List.of(),
          List.of(),
          List.of(),
          Limits.DEFAULT,
          false,
          false);

  public AgentConfig {
    listen = List.copyOf(listen);
    servers = List.copyOf(servers);
    sources = List.copyOf(sources);
    backups = List.copyOf(backups);
    jobs = List.copyOf(jobs);
  }

  /** One that finds its servers, and is not reloaded over HTTP. */
  public AgentConfig(
      List<ListenAddress> listen,
      Optional<Path> webConfig,
      Path stateDirectory,
      Path pluginDirectory,
      List<ServerConfig> servers,
      List<SourceConfig> sources,
      List<BackupConfig> backups,
      List<JobConfig> jobs,
      Limits limits,
      boolean fromStart) {
    this(
        listen,
        webConfig,
        stateDirectory,
        pluginDirectory,
        servers,
        true,
        sources,
        backups,
        jobs,
        limits,
        fromStart,
        false);
  }

  /** This one, as far as an agent that runs can take it up: what it was started with stays. */
  public AgentConfig onTopOf(AgentConfig started) {
    return new AgentConfig(
        started.listen,
        webConfig,
        started.stateDirectory,
        started.pluginDirectory,
        servers,
        discovery,
        sources,
        backups,
        jobs,
        limits,
        started.fromStart,
        httpReload);
  }

  /** What {@link #onTopOf} leaves as it was although it differs, by key, one line each. */
  public List<String> fixedBy(AgentConfig started) {
    List<String> fixed = new ArrayList<>();
    fixed(fixed, "listen", started.listen, listen);
    fixed(fixed, "state_directory", started.stateDirectory, stateDirectory);
    fixed(fixed, "plugins", started.pluginDirectory, pluginDirectory);
    return fixed;
  }

  private static void fixed(List<String> fixed, String key, Object old, Object other) {
    if (!old.equals(other)) {
      fixed.add(key + ": " + other + " needs a restart, " + old + " holds until then");
    }
  }
}
