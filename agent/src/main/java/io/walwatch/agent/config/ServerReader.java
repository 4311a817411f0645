/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.config.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code servers} of the configuration file. */
final class ServerReader {
  private final Path directory;
  private final Set<String> names = new HashSet<>();

  ServerReader(Path directory) {
    this.directory = directory;
  }

  List<ServerConfig> read(YamlMapping root) {
    return root.mappings("servers").stream().flatMap(server -> server(server).stream()).toList();
  }

  private Optional<ServerConfig> server(YamlMapping server) {
    Optional<String> name = ConfigFileReader.uniqueName(server, names, "servers");
    Optional<Path> dataDirectory = server.scalar("data_directory", Values.path(directory));
    Optional<Path> archiveStatus = server.scalar("archive_status", Values.path(directory));
    Optional<List<String>> logs = server.scalars("logs", Values.glob(directory));
    if (!server.has("data_directory") && !server.has("archive_status") && !server.has("logs")) {
      server.refuse("names nothing to watch: data_directory, archive_status or logs is needed");
    }
    server.refuseUnknownKeys();
    return name.map(n -> new ServerConfig(n, dataDirectory, archiveStatus, logs));
  }
}
