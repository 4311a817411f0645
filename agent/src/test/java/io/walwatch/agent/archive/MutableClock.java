/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
final class MutableClock implements InstantSource {
  private long millis = System.currentTimeMillis();

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }

  void advanceMillis(long step) {
    millis += step;
  }

  void setMillis(long now) {
    millis = now;
  }
}
