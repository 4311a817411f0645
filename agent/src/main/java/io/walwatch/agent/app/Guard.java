/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.AgentState;
import java.util.HashMap;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Keeps a fault of the agent's own, in the part of the loop that serves one source or one server,
 * from ending the watch over all others. Counted each time, said once. Loop's thread only.
 */
final class Guard {
  private static final Logger logger = LogManager.getLogger(Guard.class);

  private final AgentState state;
  private final Map<String, RuntimeException> broken = new HashMap<>();

  Guard(AgentState state) {
    this.state = state;
  }

  /**
   * Does a part of the work.
   *
   * @param part names it to the operator
   */
  void run(String part, Runnable work) {
    try {
      work.run();
      if (!broken.isEmpty() && broken.remove(part) != null) {
        logger.info("{}: works again", part);
      }
    } catch (RuntimeException e) {
      state.internalError();
      if (broken.put(part, e) == null) {
        logger.error("{}: a fault of walwatch itself; it goes on and tries again", part, e);
      }
    }
  }
}
