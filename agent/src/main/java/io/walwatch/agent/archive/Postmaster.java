/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether a server runs, from its {@code postmaster.pid} and {@code /proc}.
 *
 * <p>A process that is not there proves nothing where processes are hidden: in a container without
 * the server's process namespace, or under hidepid.
 */
final class Postmaster {
  /** Inode of the first process namespace (PROC_PID_INIT_INO, proc_ns.h). */
  private static final String HOST_NAMESPACE = "pid:[4026531836]";

  private final Path proc;

  Postmaster(Path proc) {
    this.proc = proc;
  }

  /** Whether it runs; empty when this cannot be seen from here. */
  Optional<Boolean> isRunning(Path dataDirectory) throws IOException {
    List<String> lines;
    try {
      lines =
          Files.readAllLines(dataDirectory.resolve("postmaster.pid"), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return Optional.of(false);
    }
    // The first line; negative for a single-user backend. Empty while it is being written.
    String pid = lines.isEmpty() ? "" : lines.get(0).strip();
    if (!pid.matches("-?[0-9]{1,10}")) {
      return Optional.empty();
    }
    if (pid.startsWith("-")) {
      return Optional.of(false);
    }
    Optional<ProcessStat> process = ProcessStat.read(proc, pid);
    if (process.isPresent() && isThis(process.get(), lines, dataDirectory)) {
      return Optional.of(true);
    }
    return seesAllProcesses() && !pid.equals("1") ? Optional.of(false) : Optional.empty();
  }

  /**
   * A file that a crash left behind names a number that anybody may have by now: another server's
   * session, say. Ours started when the file says (its third line), or, where the clock was set
   * since, with the arguments that {@code postmaster.opts} has.
   */
  private static boolean isThis(ProcessStat process, List<String> lines, Path dataDirectory) {
    String started = lines.size() < 3 ? "" : lines.get(2).strip();
    return process.isPostgres()
        && (process.startedAbout(started) || startedAs(process.title(), dataDirectory));
  }

  private static boolean startedAs(String title, Path dataDirectory) {
    try {
      String options = Files.readString(dataDirectory.resolve("postmaster.opts"));
      // A session's title is not its command line (ps_status.c).
      return !title.startsWith("postgres:")
          && arguments(title).equals(arguments(options.replace("\"", "").strip()));
    } catch (IOException e) {
      return false;
    }
  }

  /** Behind the program, which may be named with or without its directory. */
  private static String arguments(String commandLine) {
    int blank = commandLine.indexOf(' ');
    return blank < 0 ? "" : commandLine.substring(blank + 1);
  }

  /** Process 1 of a container is the container's own: its postmaster is often that. */
  private boolean seesAllProcesses() {
    try {
      Path namespace = Files.readSymbolicLink(proc.resolve("self/ns/pid"));
      return namespace.toString().equals(HOST_NAMESPACE) && Files.exists(proc.resolve("1/comm"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
