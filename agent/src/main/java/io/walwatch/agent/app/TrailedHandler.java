/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.evidence.Trail;
import io.walwatch.agent.tail.LineHandler;
import io.walwatch.parse.Line;

/** Shows each line to a trail before it is interpreted. */
record TrailedHandler(LineHandler next, Trail trail) implements LineHandler {
  @Override
  public void line(Line line) {
    trail.line(line);
    next.line(line);
  }

  @Override
  public void quiet() {
    next.quiet();
  }

  @Override
  public void longQuiet() {
    next.longQuiet();
  }

  @Override
  public void end() {
    next.end();
  }

  @Override
  public long pendingOffsetBytes() {
    return next.pendingOffsetBytes();
  }
}
