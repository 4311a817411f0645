/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.tail.LineHandler;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogPipeline;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Joins the tailer to the parsers: the lines of one generation go through one pipeline. */
final class PipelineHandler implements LineHandler {
  private final Supplier<LogPipeline> pipelines;
  private final Consumer<LogPipeline> ended;
  private @Nullable LogPipeline pipeline;

  /**
   * Makes nothing yet.
   *
   * @param pipelines asked once, when the first line arrives
   */
  PipelineHandler(Supplier<LogPipeline> pipelines) {
    this(pipelines, over -> {});
  }

  /**
   * Makes nothing yet.
   *
   * @param pipelines asked once, when the first line arrives
   * @param ended takes the pipeline when nothing follows
   */
  PipelineHandler(Supplier<LogPipeline> pipelines, Consumer<LogPipeline> ended) {
    this.pipelines = pipelines;
    this.ended = ended;
  }

  @Override
  public void line(Line line) {
    if (pipeline == null) {
      pipeline = pipelines.get();
    }
    pipeline.accept(line);
  }

  @Override
  public void quiet() {
    if (pipeline != null) {
      pipeline.quiet();
    }
  }

  @Override
  public void longQuiet() {
    if (pipeline != null) {
      pipeline.longQuiet();
    }
  }

  @Override
  public void end() {
    if (pipeline != null) {
      pipeline.end();
      ended.accept(pipeline);
    }
  }

  @Override
  public long pendingOffsetBytes() {
    return pipeline == null ? LogParser.NOTHING_PENDING : pipeline.pendingOffsetBytes();
  }
}
