/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL server to watch.
 *
 * @param name goes into the label {@code server}
 * @param dataDirectory the rest is found from here
 * @param archiveStatus its queue, where it is not the data directory's own
 * @param logs its logs, absolute, with wildcards; empty optional: found from its settings; empty
 *     list: none
 */
public record ServerConfig(
    String name,
    Optional<Path> dataDirectory,
    Optional<Path> archiveStatus,
    Optional<List<String>> logs) {
  public ServerConfig {
    logs = logs.map(List::copyOf);
  }
}
