/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.tools;

import io.walwatch.it.TemporaryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Debian's PostgreSQL, reachable through a socket in its directory only. */
final class DebianServer implements AutoCloseable {
  static final int PORT = 54399;

  private final TemporaryTree tree;
  private final Path programs;

  private DebianServer(TemporaryTree tree, Path programs) {
    this.tree = tree;
    this.programs = programs;
  }

  /** Makes a cluster with checksums; it does not run yet. */
  static DebianServer create() throws IOException, InterruptedException {
    DebianServer server = new DebianServer(TemporaryTree.create("walwatch-tools"), newest());
    Files.setPosixFilePermissions(server.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
    server.directory("tools");
    server.program("initdb", "-k", "-A", "trust", "-U", "postgres", "--no-sync");
    return server;
  }

  private static Path newest() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
          .max(Path::compareTo)
          .orElseThrow(() -> new IOException("Debian's package postgresql is not installed"))
          .resolve("bin");
    }
  }

  /** Starts it with this archive_command. */
  void start(String archiveCommand) throws IOException, InterruptedException {
    startWith("archive_command = '" + archiveCommand + "'");
  }

  /**
   * Starts it as it was made, with archiving on.
   *
   * @param settings more lines for postgresql.conf
   */
  void startWith(String settings) throws IOException, InterruptedException {
    Files.writeString(
        data().resolve("postgresql.conf"),
        String.format(
            Locale.ROOT,
            """
        listen_addresses = ''
        unix_socket_directories = '%s'
        port = %d
        fsync = off
        autovacuum = off
        archive_mode = on
        %s
        """,
            tools(),
            PORT,
            settings),
        StandardOpenOption.APPEND);
    program("pg_ctl", "-l", log().toString(), "-w", "start");
  }

  /** Where it logs. */
  Path log() {
    return tools().resolve("server.log");
  }

  /** The directory of everything. */
  Path root() {
    return tree.root();
  }

  Path data() {
    return root().resolve("data");
  }

  /** Where the user postgres may write. */
  Path tools() {
    return root().resolve("tools");
  }

  /** Where the programs of this server are. */
  Path programs() {
    return programs;
  }

  /** What the tools and the server say on standard error. */
  Path errors() {
    return root().resolve("tools.log");
  }

  /** Makes a directory for the user postgres. */
  Path directory(String name) throws IOException {
    Path directory = Files.createDirectories(root().resolve(name));
    Files.setOwner(
        directory,
        root().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
    return directory;
  }

  /** Runs a statement, and gives what it answers. */
  String query(String sql) throws IOException, InterruptedException {
    return run("psql", "-h", tools().toString(), "-p", "" + PORT, "-Atq", "-c", sql).strip();
  }

  /** Something in the data directory that the user postgres cannot read. */
  Path unreadable() throws IOException {
    Path closed = Files.createDirectory(data().resolve("base/closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    return closed;
  }

  private void program(String name, String... arguments) throws IOException, InterruptedException {
    directory("data");
    run(name, Stream.concat(Stream.of("-D", data().toString()), Stream.of(arguments)));
  }

  private String run(String name, String... arguments) throws IOException, InterruptedException {
    return run(name, Stream.of(arguments));
  }

  private String run(String name, Stream<String> arguments)
      throws IOException, InterruptedException {
    List<String> line =
        Stream.concat(Stream.of(programs.resolve(name).toString()), arguments).toList();
    // A server keeps the pipe of whoever starts it: its output goes nowhere.
    return name.equals("pg_ctl") ? quiet(line) : PostgresUser.succeed(errors(), line);
  }

  private String quiet(List<String> line) throws IOException, InterruptedException {
    String command = String.join(" ", line) + " >/dev/null 2>&1";
    return PostgresUser.succeed(errors(), List.of("sh", "-c", command));
  }

  @Override
  public void close() throws IOException {
    try {
      if (Files.exists(data().resolve("postmaster.pid"))) {
        program("pg_ctl", "-m", "immediate", "-w", "stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      tree.close();
    }
  }
}
