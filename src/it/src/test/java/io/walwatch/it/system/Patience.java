/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long a test waits for what has to come: long, since a busy machine is no failure. */
public final class Patience {
  private static final Duration LIMIT = Duration.ofSeconds(45);

  private Patience() {}

  public static ConditionFactory await() {
    return Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(50));
  }
}
