/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Framer;
import io.walwatch.parse.PipelineOptions;

/** Makes the framer that the options ask for. */
public final class Framings {
  private Framings() {}

  /** A framer for one stream. */
  public static Framer create(PipelineOptions options) {
    return new StderrFramer(options);
  }
}
