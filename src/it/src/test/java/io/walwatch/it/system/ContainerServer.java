/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.server.MortalServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.PostgreSQLContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * PostgreSQL in a container whose data directory is seen from outside. Its image is chosen with
 * {@code -Dit.image=postgres:16}: 11 or later, since older ones cannot choose the segment size.
 *
 * <p>Statements are run by the image's own psql, since a container that is started again may get
 * another port.
 */
final class ContainerServer implements MortalServer {
  private static final int LIMIT_SECONDS = 60;

  private final PostgreSQLContainer<?> container;
  private final Path dataDirectory;

  private ContainerServer(PostgreSQLContainer<?> container, Path dataDirectory) {
    this.container = container;
    this.dataDirectory = dataDirectory;
  }

  /** Makes one that works in a directory of the host, under the same path; it does not run yet. */
  static ContainerServer create(Path directory, Archiver archiver) throws IOException {
    requireEngine();
    Path dataDirectory = Files.createDirectories(directory.resolve("data"));
    DockerImageName image =
        DockerImageName.parse(System.getProperty("it.image", "postgres:15"))
            .asCompatibleSubstituteFor("postgres");
    PostgreSQLContainer<?> container = new PostgreSQLContainer<>(image);
    String user = user(directory);
    container
        .withFileSystemBind(directory.toString(), directory.toString(), BindMode.READ_WRITE)
        .withEnv("PGDATA", dataDirectory.toString())
        .withEnv("POSTGRES_INITDB_ARGS", "--wal-segsize=1")
        .withCommand(command(archiver).toArray(String[]::new))
        .withCreateContainerCmdModifier(
            create -> {
              if (!user.isEmpty()) {
                create.withUser(user);
              }
            })
        // The collector takes the log, and with it the line that is waited for by default.
        .waitingFor(Wait.forListeningPort());
    return new ContainerServer(container, dataDirectory);
  }

  private static void requireEngine() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new IllegalStateException(
          "no Docker engine answers at DOCKER_HOST or /var/run/docker.sock, and profile docker"
              + " needs one: start it, or leave out -Pdocker");
    }
  }

  /**
   * Whoever runs the tests, so that the agent may read what the server writes. Root may read
   * everything, and PostgreSQL does not run as root: then the image chooses.
   */
  private static String user(Path directory) throws IOException {
    int user = (int) Files.getAttribute(directory, "unix:uid");
    return user == 0 ? "" : user + ":" + Files.getAttribute(directory, "unix:gid");
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
        "log_directory=log",
        "-c",
        "max_wal_size=32MB");
  }

  @Override
  public void start() throws IOException {
    if (container.getContainerId() == null) {
      container.start();
    } else {
      docker().startContainerCmd(container.getContainerId()).exec();
    }
    Patience.await().ignoreExceptions().until(() -> query("select 1").equals("1"));
  }

  /** The image's stop signal is that of a fast shutdown. */
  @Override
  public void stop() throws IOException {
    docker().stopContainerCmd(container.getContainerId()).withTimeout(LIMIT_SECONDS).exec();
    awaitEnd();
  }

  /** The postmaster is the container's first process: with it the kernel kills all others. */
  @Override
  public void kill() throws IOException {
    docker().killContainerCmd(container.getContainerId()).withSignal("KILL").exec();
    awaitEnd();
  }

  private void awaitEnd() throws IOException {
    try (WaitContainerResultCallback end = new WaitContainerResultCallback()) {
      docker().waitContainerCmd(container.getContainerId()).exec(end);
      end.awaitStatusCode(LIMIT_SECONDS, SECONDS);
    }
  }

  private static DockerClient docker() {
    return DockerClientFactory.instance().client();
  }

  /** In a process namespace of its own. */
  @Override
  public boolean isVisible() {
    return false;
  }

  @Override
  public Path dataDirectory() {
    return dataDirectory;
  }

  @Override
  public String query(String sql) throws SQLException {
    try {
      ExecResult result =
          container.execInContainer(
              "psql",
              "-XAtq",
              "-v",
              "ON_ERROR_STOP=1",
              "-U",
              container.getUsername(),
              "-d",
              container.getDatabaseName(),
              "-c",
              sql);
      if (result.getExitCode() != 0) {
        throw new SQLException(sql + ": " + result.getStderr());
      }
      return result.getStdout().strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException(new InterruptedIOException(sql));
    } catch (IOException e) {
      throw new SQLException(e);
    }
  }

  @Override
  public void close() {
    container.stop();
  }
}
