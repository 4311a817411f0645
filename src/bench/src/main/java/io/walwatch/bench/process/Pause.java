/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting, where the time that passes is what is measured. */
public final class Pause {
  private static final int POLL_MILLIS = 20;

  private Pause() {}

  /** Lets time pass. */
  static void of(Duration time) throws InterruptedException {
    if (new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody counts this down");
    }
  }

  /** Waits until something holds. */
  public static void until(BooleanSupplier condition, Duration limit) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new IllegalStateException("not in " + limit);
      }
      of(Duration.ofMillis(POLL_MILLIS));
    }
  }
}
