/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import java.util.OptionalLong;

/**
 * A push that began and was given up. Immutable.
 *
 * @param pid its process, where its record told
 * @param begunMillis when it began, or when that was read
 * @param why what showed that it is dead
 */
public record AbandonedPush(
    String archiver, String file, OptionalLong pid, long begunMillis, String why) {
  /** Told of each, on the loop's thread. */
  @FunctionalInterface
  public interface Listener {
    void abandoned(String server, AbandonedPush push);
  }
}
