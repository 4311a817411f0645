/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.List;

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
}
