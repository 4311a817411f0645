/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.TimelineHistory;
import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.agent.config.BackupConfig;
import io.walwatch.parse.BackupListParserProvider;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the servers of this host tell about the WAL in stores. How large its segments are: as
 * configured, else as those of the server whose store it is, which need not be named where there is
 * only one, else 16 MB. And where its timelines branched off, from the histories in that server's
 * pg_wal. The loop tells of servers, looks ask from their own threads.
 */
final class WalOwners {
  private final Map<String, Long> bytesByServer = new ConcurrentHashMap<>();
  private final Map<String, Path> walByServer = new ConcurrentHashMap<>();
  private volatile Optional<String> only = Optional.empty();

  /**
   * What is known of the servers that are watched now; what was known of others stays.
   *
   * @param servers all of them
   */
  void learn(Collection<WatchedServer> servers) {
    for (WatchedServer server : servers) {
      server.segmentSizeBytes().ifPresent(bytes -> bytesByServer.put(server.name(), bytes));
      server.walDirectory().ifPresent(wal -> walByServer.put(server.name(), wal));
    }
    only =
        servers.size() == 1
            ? servers.stream().map(WatchedServer::name).findFirst()
            : Optional.empty();
  }

  /** Of a set of backups, whenever it is asked: reads files. */
  Supplier<Map<Long, TimelineHistory>> histories(BackupConfig backup) {
    return () -> owner(backup).map(walByServer::get).map(TimelineHistory::readAll).orElse(Map.of());
  }

  private Optional<String> owner(BackupConfig backup) {
    return backup.server().or(() -> only);
  }

  /** Of a set of backups, whenever it is asked. */
  Supplier<WalGeometry> geometryOf(BackupConfig backup) {
    return () -> geometry(backup);
  }

  private WalGeometry geometry(BackupConfig backup) {
    String configured = backup.properties().get(BackupListParserProvider.WAL_SEGMENT_SIZE);
    if (configured != null) {
      return new WalGeometry(Long.parseLong(configured));
    }
    return owner(backup).map(bytesByServer::get).map(WalGeometry::new).orElse(WalGeometry.DEFAULT);
  }
}
