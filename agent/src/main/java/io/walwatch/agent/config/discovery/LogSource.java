/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import io.walwatch.agent.config.SourceInput;
import io.walwatch.parse.PipelineOptions;

/**
 * A log to be read.
 *
 * @param name goes into the label {@code source}
 * @param server whose events it holds
 * @param alone whether what the server itself writes there stands in no other log
 */
public record LogSource(
    String name, String server, SourceInput input, PipelineOptions pipeline, boolean alone) {
  /** A log whose records another one may hold as well. */
  public LogSource(String name, String server, SourceInput input, PipelineOptions pipeline) {
    this(name, server, input, pipeline, false);
  }
}
