/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.Origin;
import io.walwatch.parse.ParserFaults;
import io.walwatch.parse.Rejection;
import java.util.function.Consumer;

/**
 * Keeps a fault in what takes events from reaching the parser that reports them, which would be
 * taken for its own: the event is passed over, the fault is told.
 */
record SteadySink(EventSink next, Consumer<Throwable> faults) implements EventSink {
  @Override
  public void event(LogEvent event, Origin origin) {
    try {
      next.event(event, origin);
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      faults.accept(e);
    }
  }

  @Override
  public void rejected(Rejection rejection) {
    try {
      next.rejected(rejection);
    } catch (Throwable e) {
      ParserFaults.rethrowIfFatal(e);
      faults.accept(e);
    }
  }
}
