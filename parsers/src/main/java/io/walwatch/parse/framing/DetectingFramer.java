/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Framer;
import io.walwatch.parse.Line;
import io.walwatch.parse.PipelineOptions;

/**
 * Finds the framing of a stream from its first lines. Lines that tell nothing are read as raw
 * output, which is what they are in a stderr log or in a file of an archiver's own; the first line
 * that tells decides for good.
 */
final class DetectingFramer implements Framer {
  private final PipelineOptions options;
  private final Detection detection;
  private Framer framer;
  private boolean decided;

  DetectingFramer(PipelineOptions options) {
    this.options = options;
    this.framer = new StderrFramer(options);
    this.detection = new Detection(options);
  }

  @Override
  public void accept(Line line, RecordHandler handler) {
    if (!decided) {
      decide(line, handler);
    }
    framer.accept(line, handler);
  }

  private void decide(Line line, RecordHandler handler) {
    String name = detection.framingOf(line.text());
    if (name != null) {
      decided = true;
      if (!name.equals("stderr")) {
        framer.end(handler);
        framer = Framings.named(name, options);
      }
    }
  }

  @Override
  public void quiet(RecordHandler handler) {
    framer.quiet(handler);
  }

  @Override
  public void longQuiet(RecordHandler handler) {
    framer.longQuiet(handler);
  }

  @Override
  public void end(RecordHandler handler) {
    framer.end(handler);
  }

  @Override
  public long pendingOffsetBytes() {
    return framer.pendingOffsetBytes();
  }
}
