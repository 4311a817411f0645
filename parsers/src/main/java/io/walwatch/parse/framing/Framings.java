/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Framer;
import io.walwatch.parse.PipelineOptions;
import java.util.Set;

/** Makes the framer that the options ask for. */
public final class Framings {
  private Framings() {}

  /** The names that {@link PipelineOptions#framing()} may hold. */
  public static Set<String> names() {
    return Set.of("stderr");
  }

  /** A framer for one stream. */
  public static Framer create(PipelineOptions options) {
    return new StderrFramer(options);
  }
}
