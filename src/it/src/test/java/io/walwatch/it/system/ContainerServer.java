/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.server.ArchivingServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.PostgreSQLContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * PostgreSQL in a container whose data directory is seen from outside. Its image is chosen with
 * {@code -Dit.image=postgres:16}.
 */
final class ContainerServer implements ArchivingServer {
  private final PostgreSQLContainer<?> container;
  private final Path dataDirectory;

  private ContainerServer(PostgreSQLContainer<?> container, Path dataDirectory) {
    this.container = container;
    this.dataDirectory = dataDirectory;
  }

  /** Starts one that works in a directory of the host, under the same path. */
  static ContainerServer start(Path directory, Archiver archiver) throws IOException {
    Path dataDirectory = Files.createDirectories(directory.resolve("data"));
    DockerImageName image =
        DockerImageName.parse(System.getProperty("it.image", "postgres:15"))
            .asCompatibleSubstituteFor("postgres");
    PostgreSQLContainer<?> container = new PostgreSQLContainer<>(image);
    container
        .withFileSystemBind(directory.toString(), directory.toString(), BindMode.READ_WRITE)
        .withEnv("PGDATA", dataDirectory.toString())
        .withEnv("POSTGRES_INITDB_ARGS", "--wal-segsize=1")
        .withCommand(command(archiver).toArray(String[]::new))
        // The collector takes the log, and with it the line that is waited for by default.
        .waitingFor(Wait.forListeningPort());
    container.start();
    return new ContainerServer(container, dataDirectory);
  }

  private static List<String> command(Archiver archiver) {
    return List.of(
        "postgres",
        "-c",
        "archive_mode=on",
        "-c",
        "archive_command=" + archiver.command(),
        "-c",
        "logging_collector=on",
        "-c",
        "log_directory=log");
  }

  @Override
  public Path dataDirectory() {
    return dataDirectory;
  }

  @Override
  public String query(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                container.getJdbcUrl(), container.getUsername(), container.getPassword());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  @Override
  public void close() {
    container.stop();
  }
}
