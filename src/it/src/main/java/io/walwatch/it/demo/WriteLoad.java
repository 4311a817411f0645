/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.demo;

import io.walwatch.it.server.EmbeddedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Some writing, so that segments fill: about one of 1 MiB in four seconds. One call, one step. */
final class WriteLoad {
  private static final int ROWS_PER_STEP = 150;
  private static final int STEPS_BEFORE_TRUNCATE = 600;

  private final EmbeddedServer server;
  private int steps;

  WriteLoad(EmbeddedServer server) {
    this.server = server;
  }

  /** Makes the table that is written to. */
  void prepare() throws SQLException {
    execute("create table load (id bigserial primary key, filler text)");
  }

  /** Writes some rows; now and then the table is emptied, so that a long demo fits on the disk. */
  void step() throws SQLException {
    steps++;
    if (steps % STEPS_BEFORE_TRUNCATE == 0) {
      execute("truncate load");
    }
    execute(
        "insert into load (filler) select repeat(md5(random()::text), 10)"
            + " from generate_series(1, "
            + ROWS_PER_STEP
            + ")");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
