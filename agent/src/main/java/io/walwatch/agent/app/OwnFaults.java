/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.state.AgentState;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Faults of the agent's own while it reads one source: counted each time, said once. */
final class OwnFaults implements Consumer<Throwable> {
  private static final Logger logger = LogManager.getLogger(OwnFaults.class);

  private final AgentState state;
  private final String source;
  private boolean said;

  OwnFaults(AgentState state, String source) {
    this.state = state;
    this.source = source;
  }

  @Override
  public void accept(Throwable fault) {
    state.internalError();
    if (!said) {
      said = true;
      logger.error("{}: a fault of walwatch itself; the line is passed over", source, fault);
    }
  }
}
