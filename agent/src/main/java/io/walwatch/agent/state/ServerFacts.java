/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.archive.QueueStatus;
import io.walwatch.agent.archive.ServerStatus;
import java.util.Optional;

/**
 * What the disk says about a server at one moment. Immutable.
 *
 * @param watched whether a queue is watched at all (a log alone has none)
 * @param queue empty while archive_status cannot be read
 * @param server empty where no data directory is known
 * @param archiverKnown whether archive_command names an archiver that a parser reads
 * @param pushDeadlineMillis what was said before this moment by one witness, log or disk, and not
 *     by the other since, is a disagreement
 */
public record ServerFacts(
    boolean watched,
    Optional<QueueStatus> queue,
    Optional<ServerStatus> server,
    boolean archiverKnown,
    long pushDeadlineMillis) {
  /** A server that is known by its logs only. */
  public static final ServerFacts NONE =
      new ServerFacts(false, Optional.empty(), Optional.empty(), false, Long.MIN_VALUE);
}
