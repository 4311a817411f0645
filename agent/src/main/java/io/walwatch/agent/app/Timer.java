/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.time.Duration;
import java.time.InstantSource;

/** Something to be done now and then. A clock that was set back or ahead makes it due. */
final class Timer {
  private final InstantSource clock;
  private final long pauseMillis;
  private long lastMillis;
  private boolean forced = true;

  /** Due at once. */
  Timer(InstantSource clock, Duration pause) {
    this.clock = clock;
    this.pauseMillis = pause.toMillis();
  }

  boolean isDue() {
    return forced || Math.abs(clock.millis() - lastMillis) >= pauseMillis;
  }

  /** Makes it due at once. */
  void force() {
    forced = true;
  }

  /** Starts the next pause, if it was due. */
  void done() {
    if (isDue()) {
      forced = false;
      lastMillis = clock.millis();
    }
  }
}
