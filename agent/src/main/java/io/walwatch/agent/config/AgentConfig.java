/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an agent is told to do, from options, environment, file and defaults. Immutable.
 *
 * @param listen where it answers; at least one
 * @param webConfig TLS and users, in the exporter-toolkit's format
 * @param stateDirectory where it remembers
 * @param pluginDirectory jars with more parsers; need not exist
 * @param servers named ones; empty: found on this host
 * @param sources logs that are not a server's own
 * @param backups listings of what exists, in the order of the file
 * @param jobs what {@code walwatch run} is expected to run
 * @param fromStart the first start reads logs from their beginning
 */
public record AgentConfig(
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
  public static final AgentConfig DEFAULT =
      new AgentConfig(
          List.of(new ListenAddress(Optional.empty(), 10432)),
          Optional.empty(),
          Path.of("/var/lib/walwatch"),
          Path.of("/usr/lib/walwatch/plugins"),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Limits.DEFAULT,
          false);

  public AgentConfig {
    listen = List.copyOf(listen);
    servers = List.copyOf(servers);
    sources = List.copyOf(sources);
    backups = List.copyOf(backups);
    jobs = List.copyOf(jobs);
  }
}
