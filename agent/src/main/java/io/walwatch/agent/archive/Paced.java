/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is read anew after a while, and not each time that it is asked for. One that takes
 * long to read rests longer: reading takes at most a twentieth of the time.
 */
final class Paced<T> {
  private static final long REST_PER_READ = 20;

  private final InstantSource clock;
  private final long pauseMillis;
  private final Supplier<T> reader;
  private @Nullable T value;
  private long readMillis;
  private long restMillis;

  Paced(InstantSource clock, long pauseMillis, Supplier<T> reader) {
    this.clock = clock;
    this.pauseMillis = pauseMillis;
    this.reader = reader;
  }

  T get() {
    long now = clock.millis();
    T known = value;
    if (known == null || now < readMillis || now - readMillis >= restMillis) {
      readMillis = now;
      known = reader.get();
      restMillis = Math.max(pauseMillis, REST_PER_READ * (clock.millis() - now));
      value = known;
    }
    return known;
  }
}
