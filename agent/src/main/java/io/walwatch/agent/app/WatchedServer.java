/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.archive.ServerFiles;
import io.walwatch.agent.archive.ServerStatus;
import io.walwatch.agent.state.ServerFacts;
import io.walwatch.agent.state.ServerState;
import java.util.Optional;

/** A server that the loop looks after. Used on the loop's thread only. */
final class WatchedServer {
  private final ServerState state;
  private final Optional<ServerFiles> files;
  private final Optional<ArchiveQueue> queue;
  private Optional<ServerStatus> status = Optional.empty();

  WatchedServer(ServerState state, Optional<ServerFiles> files, Optional<ArchiveQueue> queue) {
    this.state = state;
    this.files = files;
    this.queue = queue;
  }

  String name() {
    return state.name();
  }

  Optional<ArchiveQueue> queue() {
    return queue;
  }

  /** Reads the server's files anew. */
  void refresh() {
    status = files.map(ServerFiles::status);
    status.ifPresent(known -> queue.ifPresent(waiting -> waiting.server(known)));
  }

  /** Looks at the queue where that is due; returns whether it was listed. */
  boolean tick() {
    return queue.isPresent() && queue.get().tick();
  }

  ServerFacts facts() {
    boolean readable = !state.isQueueUnreadable();
    return new ServerFacts(
        queue.isPresent(), readable ? queue.map(ArchiveQueue::status) : Optional.empty(), status);
  }

  void close() {
    queue.ifPresent(ArchiveQueue::close);
  }
}
