/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of a chosen version that can be stopped, killed, started again, copied and promoted.
 * For root, who may not run one, its programs run in a user namespace.
 */
public final class Cluster implements MortalServer {
  private static final long COMMAND_LIMIT_SECONDS = 120;
  private static final long EXIT_LIMIT_SECONDS = 30;

  private final Path home;
  private final Path dataDirectory;
  private final int port;

  private Cluster(Path home, Path dataDirectory, int port) {
    this.home = home;
    this.dataDirectory = dataDirectory;
    this.port = port;
  }

  /** Makes one; it does not run yet. */
  public static Cluster create(String version, Path dataDirectory, ServerOptions options)
      throws IOException {
    Cluster cluster = new Cluster(Binaries.of(version), dataDirectory, freePort());
    cluster.program(
        "initdb",
        "--no-locale",
        "--auth=trust",
        "--username=postgres",
        "--no-sync",
        "--wal-segsize=" + options.segmentSizeMib(),
        "--pgdata=" + dataDirectory);
    cluster.append(options.configuration());
    cluster.set("listen_addresses", "127.0.0.1");
    cluster.set("unix_socket_directories", "");
    cluster.set("port", Integer.toString(cluster.port));
    return cluster;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A copy of the files of this one, which must not run: a standby that streams from it. */
  public Cluster standby(Path directory) throws IOException {
    Cluster standby = copy(directory);
    standby.follow(this);
    return standby;
  }

  /** A copy of the files of this one, which must not run, on a port of its own. */
  public Cluster copy(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(dataDirectory)) {
      for (Path file : files.toList()) {
        Path target = directory.resolve(dataDirectory.relativize(file));
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Cluster copy = new Cluster(home, directory, freePort());
    copy.set("port", Integer.toString(copy.port));
    return copy;
  }

  /** Makes it a standby of another one from its next start on. */
  public void follow(Cluster primary) throws IOException {
    set("primary_conninfo", "host=127.0.0.1 user=postgres port=" + primary.port);
    Files.createFile(dataDirectory.resolve("standby.signal"));
  }

  /** Lets it recover from an archive at its next start, as far as its settings say. */
  public void recover(String restoreCommand) throws IOException {
    set("restore_command", restoreCommand);
    Files.createFile(dataDirectory.resolve("recovery.signal"));
  }

  /** Adds a setting; the last one counts, from the next start or reload on. */
  public void set(String name, String value) throws IOException {
    append(name + " = '" + value.replace("'", "''") + "'\n");
  }

  private void append(String text) throws IOException {
    Files.writeString(dataDirectory.resolve("postgresql.conf"), text, StandardOpenOption.APPEND);
  }

  @Override
  public void start() throws IOException {
    control("--wait", "--log=" + dataDirectory.resolve("server.log"), "start");
  }

  @Override
  public void stop() throws IOException {
    control("--wait", "--mode=fast", "stop");
  }

  /** Ends recovery and waits until it is over. */
  public void promote() throws IOException {
    control("--wait", "promote");
  }

  @Override
  public void kill() throws IOException {
    ProcessHandle postmaster = postmaster().orElseThrow();
    List<ProcessHandle> family = new ArrayList<>(postmaster.descendants().toList());
    family.add(postmaster);
    postmaster.destroyForcibly();
    for (ProcessHandle process : family) {
      process.onExit().orTimeout(EXIT_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  private Optional<ProcessHandle> postmaster() throws IOException {
    Path file = dataDirectory.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()));
  }

  private void control(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--pgdata=" + dataDirectory, "--timeout=60"));
    all.addAll(List.of(arguments));
    program("pg_ctl", all.toArray(String[]::new));
  }

  private void program(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(home.resolve("bin").resolve(name).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // What pg_ctl starts keeps its stdout open: nobody waits for the end of it.
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      if (!process.waitFor(COMMAND_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(command + " failed; see " + dataDirectory.resolve("server.log"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public Path dataDirectory() {
    return dataDirectory;
  }

  @Override
  public String query(String sql) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? String.valueOf(rows.getString(1)) : "";
      }
    }
  }

  @Override
  public void close() {
    try {
      if (postmaster().filter(ProcessHandle::isAlive).isPresent()) {
        control("--wait", "--mode=immediate", "stop");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
