/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which of some processes are gone from /proc, and have been for long enough that their last words
 * must have reached the log: the log collector writes a moment after its children.
 */
final class GoneProcesses {
  private static final long PATIENCE_MILLIS = 2_000;

  private final Path proc;
  private final InstantSource clock;
  private final Map<Long, Long> goneSinceMillis = new HashMap<>();

  GoneProcesses(Path proc, InstantSource clock) {
    this.proc = proc;
    this.clock = clock;
  }

  /** Looks at these processes and forgets all others. */
  void look(Set<Long> processes) {
    goneSinceMillis.keySet().retainAll(processes);
    for (long pid : processes) {
      if (Files.exists(proc.resolve(Long.toString(pid)))) {
        goneSinceMillis.remove(pid);
      } else {
        goneSinceMillis.putIfAbsent(pid, clock.millis());
      }
    }
  }

  /** Whether a process was seen to be gone, long enough ago. */
  boolean isGone(long pid) {
    Long since = goneSinceMillis.get(pid);
    if (since == null) {
      return false;
    }
    long waited = clock.millis() - since;
    if (waited < 0) {
      // The clock was set back: the patience begins again.
      goneSinceMillis.put(pid, clock.millis());
    }
    return waited >= PATIENCE_MILLIS;
  }
}
