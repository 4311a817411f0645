/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;

/** A PostgreSQL that archives, wherever it runs; its directories are seen from here. */
public interface ArchivingServer extends AutoCloseable {
  /** PGDATA. */
  Path dataDirectory();

  /** Where the collector puts the logs. */
  default Path logDirectory() {
    return dataDirectory().resolve("log");
  }

  /** The queue of the archiver. */
  default Path archiveStatus() {
    return dataDirectory().resolve("pg_wal").resolve("archive_status");
  }

  /** How many files wait to be archived, by the disk. */
  default long waitingFiles() throws IOException {
    try (Stream<Path> files = Files.list(archiveStatus())) {
      return files.filter(file -> file.toString().endsWith(".ready")).count();
    }
  }

  /** Runs one statement that gives a value, and gives it as text. */
  String query(String sql) throws SQLException;

  /** Writes something and closes the segment it stands in, which makes a {@code .ready} file. */
  default void switchSegment() throws SQLException {
    query("select pg_logical_emit_message(true, 'walwatch', 'one record before the switch')");
    query("select pg_switch_wal()");
  }

  @Override
  void close();
}
