/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What bounds the agent's work.
 *
 * @param pushTimeout a push in flight for longer counts as abandoned
 * @param lineBytes what is longer is cut and counted
 * @param catchUpBytes what lies further behind in a log at the start is skipped and counted as
 *     lost; empty: nothing is
 */
public record Limits(Duration pushTimeout, int lineBytes, OptionalLong catchUpBytes) {
  public static final Limits DEFAULT =
      new Limits(Duration.ofMinutes(10), 64 * 1024, OptionalLong.empty());

  /** The same for who reads from start to end. */
  public Limits withoutCatchUp() {
    return new Limits(pushTimeout, lineBytes, OptionalLong.empty());
  }
}
