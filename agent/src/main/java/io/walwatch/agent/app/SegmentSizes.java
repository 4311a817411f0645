/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.agent.config.BackupConfig;
import io.walwatch.parse.BackupListParserProvider;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * How large the WAL segments in a store are: as configured, else as those of the server whose store
 * it is, which need not be named where there is only one, else 16 MB. The loop tells of servers,
 * looks ask from their own threads.
 */
final class SegmentSizes {
  private final Map<String, Long> bytesByServer = new ConcurrentHashMap<>();
  private volatile Optional<String> only = Optional.empty();

  /**
   * What is known of the servers that are watched now; what was known of others stays.
   *
   * @param servers all of them
   */
  void learn(Collection<WatchedServer> servers) {
    for (WatchedServer server : servers) {
      server.segmentSizeBytes().ifPresent(bytes -> bytesByServer.put(server.name(), bytes));
    }
    only =
        servers.size() == 1
            ? servers.stream().map(WatchedServer::name).findFirst()
            : Optional.empty();
  }

  /** Of a set of backups, whenever it is asked. */
  Supplier<WalGeometry> of(BackupConfig backup) {
    return () -> geometry(backup);
  }

  private WalGeometry geometry(BackupConfig backup) {
    String configured = backup.properties().get(BackupListParserProvider.WAL_SEGMENT_SIZE);
    if (configured != null) {
      return new WalGeometry(Long.parseLong(configured));
    }
    return backup
        .server()
        .or(() -> only)
        .map(bytesByServer::get)
        .map(WalGeometry::new)
        .orElse(WalGeometry.DEFAULT);
  }
}
