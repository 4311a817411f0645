/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.tail.LineHandler;
import io.walwatch.parse.Line;

/** Takes no notice of any line: for a stream that is only tried. */
final class UnheardLines implements LineHandler {
  UnheardLines() {}

  @Override
  public void line(Line line) {}

  @Override
  public void quiet() {}

  @Override
  public void end() {}

  @Override
  public long pendingOffsetBytes() {
    return Long.MAX_VALUE;
  }
}
