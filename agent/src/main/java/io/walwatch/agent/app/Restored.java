/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.CheckpointFile.Loaded;
import io.walwatch.agent.state.Node;
import io.walwatch.agent.state.RestoreResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * What an earlier run left.
 *
 * @param node the checkpoint; an empty one where there is none that can be read
 * @param sameBoot whether the machine has not booted since
 */
record Restored(RestoreResult result, Node node, boolean sameBoot) {
  private static final Logger logger = LogManager.getLogger(Restored.class);

  /** Machines are up again by then. */
  private static final long BOOT_MILLIS = Duration.ofMinutes(15).toMillis();

  /**
   * Reads the checkpoint and decides what of it may be believed. Counters go on only from the
   * newest checkpoint of this machine, of the same boot or a clean stop: an older value than was
   * shown would make Prometheus add the whole counter again. Positions and times always go on.
   *
   * <p>A clean stop counts only if the boot that followed was this one, as far as times can tell: a
   * run in between that could write nothing anywhere would have left no other trace.
   *
   * @param unsaved set where values were shown that the checkpoint does not hold
   */
  static Restored load(CheckpointFile file, Host host, UnsavedMarker unsaved) {
    try {
      Optional<Loaded> loaded = file.load();
      if (loaded.isEmpty()) {
        return nothing();
      }
      Node node = loaded.get().node();
      boolean sameMachine = host.machine().equals(node.stringAt("machine"));
      boolean sameBoot = host.boot().equals(node.stringAt("boot"));
      boolean counters =
          loaded.get().source() == CheckpointFile.Source.NEWEST
              && sameMachine
              && !unsaved.isSet()
              && (sameBoot || (node.booleanAt("clean") && isNextBoot(node, host)));
      return new Restored(counters ? RestoreResult.RESUMED : RestoreResult.RESET, node, sameBoot);
    } catch (IOException e) {
      logger.error("The checkpoint cannot be used, everything starts as new: {}", e.getMessage());
      return new Restored(RestoreResult.CORRUPT, new Node(), true);
    }
  }

  private static boolean isNextBoot(Node node, Host host) {
    long booted = host.bootedMillis().orElse(Long.MIN_VALUE);
    return booted < node.longAt("saved", 0) + BOOT_MILLIS;
  }

  /** Nothing is remembered. */
  static Restored nothing() {
    return new Restored(RestoreResult.NEW, new Node(), true);
  }

  boolean withCounters() {
    return result == RestoreResult.RESUMED;
  }
}
