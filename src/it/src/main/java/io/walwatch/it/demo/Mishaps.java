/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.demo;

import io.walwatch.it.archiver.Archiver;
import java.util.Map;

/**
 * What goes wrong with the archiver, once a minute each: missing credentials, a slow store, a kill
 * without notice, a store that refuses. In between all is well.
 */
final class Mishaps {
  private static final int CYCLE_SECONDS = 60;
  private static final Map<Integer, String> SCHEDULE =
      Map.of(
          6, "exit 1",
          14, "ok",
          20, "slow 3",
          28, "ok",
          34, "signal 9",
          40, "ok",
          48, "exit 2",
          56, "ok");

  private final Archiver archiver;
  private int seconds;

  Mishaps(Archiver archiver) {
    this.archiver = archiver;
  }

  /** To be called once a second. */
  void second() {
    seconds = (seconds + 1) % CYCLE_SECONDS;
    String mode = SCHEDULE.get(seconds);
    if (mode != null) {
      archiver.setMode(mode);
    }
  }
}
