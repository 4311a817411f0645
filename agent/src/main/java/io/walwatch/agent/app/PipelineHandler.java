/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.tail.LineHandler;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogPipeline;

/** Joins the tailer to the parsers: the lines of one generation go through one pipeline. */
final class PipelineHandler implements LineHandler {
  private final LogPipeline pipeline;

  PipelineHandler(LogPipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public void line(Line line) {
    pipeline.accept(line);
  }

  @Override
  public void quiet() {
    pipeline.quiet();
  }

  @Override
  public void end() {
    pipeline.end();
  }

  @Override
  public long pendingOffsetBytes() {
    return pipeline.pendingOffsetBytes();
  }
}
