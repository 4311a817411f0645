/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the wrapper of a run is still there. {@code /proc} speaks only where it shows other
 * users' processes (not with hidepid, in another namespace or behind ProtectProc); elsewhere a run
 * counts as running until the next boot.
 */
public final class RunningProcesses {
  private final Path proc;
  private final String boot;

  /**
   * Looks at nothing yet.
   *
   * @param boot which boot of the machine this is; {@code unknown} where that cannot be told
   */
  public RunningProcesses(Path proc, String boot) {
    this.proc = proc;
    this.boot = boot;
  }

  /** Whether a run's wrapper is gone without any doubt. */
  public boolean isGone(JobStart start) {
    if (!start.boot().isEmpty() && !boot.equals("unknown") && !start.boot().equals(boot)) {
      return true;
    }
    if (!start.namespace().isEmpty() && !start.namespace().equals(namespace())) {
      return false;
    }
    Path process = proc.resolve(Long.toString(start.pid()));
    if (!Files.exists(process)) {
      return Files.exists(proc.resolve("1"));
    }
    return isAnother(process, start.begun());
  }

  private String namespace() {
    try {
      return Files.readSymbolicLink(proc.resolve("self/ns/pid")).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** The pid was used again, or the process is a zombie, which will write nothing more. */
  private static boolean isAnother(Path process, String begun) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      // The name in parentheses may hold blanks and parentheses (proc(5)).
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[0].equals("Z") || (!begun.isEmpty() && !fields[19].equals(begun));
    } catch (IOException | IndexOutOfBoundsException e) {
      return false;
    }
  }
}
