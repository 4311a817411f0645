/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.state.Node;
import io.walwatch.agent.state.PositionCodec;
import io.walwatch.agent.state.QueueMemoryCodec;
import java.util.Set;

/**
 * How far logs were read, and what queues remember, that nobody looks at at the moment: as an
 * earlier run left them, or the configuration before this one. Loop's thread only.
 */
final class LeftBehind {
  private final Node positions;
  private final Node memories;
  private final Node queues;

  LeftBehind(Restored restored) {
    this.positions = restored.node().at("positions");
    this.memories = restored.node().at("memories");
    this.queues = restored.node().at("queues");
  }

  /** Where a source goes on; an empty part where it is new. */
  Node position(String source) {
    return positions.at(source);
  }

  /** What a source's parsers know of earlier lines; an empty part where it is new. */
  Node memories(String source) {
    return memories.at(source);
  }

  /** What a server's queue remembers; an empty part where it is new. */
  Node queue(String server) {
    return queues.at(server);
  }

  void keep(WatchedSource source) {
    PositionCodec.write(source.stream().position(), positions.add(source.name()));
    source.memories().save(memories.add(source.name()));
  }

  void keep(String server, ArchiveQueue queue) {
    QueueMemoryCodec.write(queue.memory(), queues.add(server));
  }

  /** Writes the positions of these sources, as they were: nobody has looked since. */
  void savePositions(Set<String> sources, Node into) {
    save(sources, positions, into);
  }

  /** The same for what their parsers know. */
  void saveMemories(Set<String> sources, Node into) {
    save(sources, memories, into);
  }

  /** The same for queues. */
  void saveQueues(Set<String> servers, Node into) {
    save(servers, queues, into);
  }

  private static void save(Set<String> names, Node from, Node into) {
    for (String name : names) {
      if (from.names().contains(name)) {
        into.put(name, from.at(name));
      }
    }
  }
}
