/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
final class TestClock implements InstantSource {
  private long millis = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }

  void advanceMillis(long step) {
    millis += step;
  }
}
