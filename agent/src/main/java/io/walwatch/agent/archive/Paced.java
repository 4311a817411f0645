/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is read anew after a while, and not each time that it is asked for. */
final class Paced<T> {
  private final InstantSource clock;
  private final long pauseMillis;
  private final Supplier<T> reader;
  private @Nullable T value;
  private long readMillis;

  Paced(InstantSource clock, long pauseMillis, Supplier<T> reader) {
    this.clock = clock;
    this.pauseMillis = pauseMillis;
    this.reader = reader;
  }

  T get() {
    long now = clock.millis();
    T known = value;
    if (known == null || now < readMillis || now - readMillis >= pauseMillis) {
      readMillis = now;
      known = reader.get();
      value = known;
    }
    return known;
  }
}
