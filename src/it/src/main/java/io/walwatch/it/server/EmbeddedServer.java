/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real PostgreSQL in a directory of its own. Needs neither Docker nor a package; runs for root as
 * well, who is not allowed to start one himself, in a user namespace.
 */
public final class EmbeddedServer implements ArchivingServer {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final EmbeddedPostgres postgres;
  private final Path dataDirectory;

  private EmbeddedServer(EmbeddedPostgres postgres, Path dataDirectory) {
    this.postgres = postgres;
    this.dataDirectory = dataDirectory;
  }

  /**
   * Makes a server in an empty directory and starts it.
   *
   * @param dataDirectory its PGDATA
   */
  public static EmbeddedServer start(Path dataDirectory, ServerOptions options) throws IOException {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(dataDirectory)
            .setCleanDataDirectory(true)
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("wal-segsize", Integer.toString(options.segmentSizeMib()))
            .setDataDirectoryCustomizer(made -> configure(made.toPath(), options))
            .setRegisterShutdownHook(options.stopsWithTheVm())
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
    return new EmbeddedServer(postgres, dataDirectory);
  }

  private static void configure(Path made, ServerOptions options) {
    try {
      Files.writeString(
          made.resolve("postgresql.conf"), options.configuration(), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path dataDirectory() {
    return dataDirectory;
  }

  /** The port on the loopback address. */
  public int port() {
    return postgres.getPort();
  }

  @Override
  public String query(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return Optional.ofNullable(rows.getString(1)).orElse("");
    }
  }

  /** A connection of the caller's own. */
  public Connection connect() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  /** Stops the server, by force where it does not stop, and deletes its directory. */
  @Override
  public void close() {
    Optional<ProcessHandle> postmaster = postmaster();
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      postmaster.ifPresent(EmbeddedServer::ensureStopped);
    }
  }

  private Optional<ProcessHandle> postmaster() {
    try {
      String pid = Files.readAllLines(dataDirectory.resolve("postmaster.pid")).get(0);
      return ProcessHandle.of(Long.parseLong(pid.strip()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void ensureStopped(ProcessHandle postmaster) {
    try {
      postmaster.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
      postmaster.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
