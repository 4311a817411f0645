/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.List;
import java.util.Optional;

/**
 * Everything that is known, at one moment. Immutable: any thread may read it.
 *
 * @param servers sorted by name
 * @param sources sorted by name
 * @param backups sets of backups, sorted by name
 * @param jobs what {@code walwatch run} ran
 */
public record Snapshot(
    List<ServerSnapshot> servers,
    List<SourceSnapshot> sources,
    List<InventorySnapshot> backups,
    JobsSnapshot jobs,
    AgentSnapshot agent) {
  public Snapshot {
    servers = List.copyOf(servers);
    sources = List.copyOf(sources);
    backups = List.copyOf(backups);
  }

  /** Whose backups these are: the configuration says so, or there is only one server. */
  public Optional<String> serverOf(InventorySnapshot set) {
    return set.server().isPresent() || servers.size() != 1
        ? set.server()
        : Optional.of(servers.get(0).name());
  }
}
