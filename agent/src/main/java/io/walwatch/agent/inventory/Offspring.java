/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All that a command has started and that still runs, whoever its parent is by now: found by a
 * variable that it inherits, also in a session of its own. One of another user, or with another
 * environment, cannot be found unless it stays in the group.
 */
final class Offspring {
  /** Which command of which agent a process comes from. */
  static final String VARIABLE = "WALWATCH_LOOK";

  private static final AtomicLong COMMANDS = new AtomicLong();
  private static final int NO_GROUP = -1;

  private final String value;
  private long group = NO_GROUP;

  Offspring() {
    this.value =
        ProcessHandle.current().pid()
            + "-"
            + Long.toHexString(System.nanoTime())
            + "-"
            + COMMANDS.incrementAndGet();
  }

  /** The same of a command that leads a group. */
  void ofGroup(long leader) {
    group = leader;
  }

  /** What the command gets as {@link #VARIABLE}. */
  String value() {
    return value;
  }

  /** Those that run now. Any thread. */
  List<ProcessHandle> find() {
    return ProcessHandle.allProcesses().filter(process -> isOurs(process.pid())).toList();
  }

  private boolean isOurs(long pid) {
    try {
      Path process = Path.of("/proc", Long.toString(pid));
      String stat = text(process.resolve("stat"));
      // State, parent, group: behind the name, which may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 4);
      return !fields[0].equals("Z")
          && (fields[2].equals(Long.toString(group))
              || text(process.resolve("environ")).contains(VARIABLE + "=" + value + "\0"));
    } catch (IOException | IndexOutOfBoundsException goneOrForeign) {
      return false;
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
