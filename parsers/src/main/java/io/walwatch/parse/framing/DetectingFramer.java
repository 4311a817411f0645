/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Framer;
import io.walwatch.parse.Line;
import io.walwatch.parse.PipelineOptions;

/**
 * Finds the framing of a stream from its first lines. Lines that tell nothing are read as raw
 * output, which is what they are in a stderr log or in a file of an archiver's own; the first line
 * that tells decides for good.
 *
 * <p>Only what looks like syslog need not be: a time and two words may be some program's output.
 * Until a line shows the server or WAL-E there, or very many look alike, a line that begins a
 * message in another framing decides for that.
 */
final class DetectingFramer implements Framer {
  private static final String STDERR = "stderr";
  private static final String SYSLOG = "syslog";

  /** Lines of syslog that nobody known has written, until the file is taken for syslog. */
  private static final int MAX_UNKNOWN = 64;

  private final PipelineOptions options;
  private final Detection detection;
  private Framer framer;
  private String name = STDERR;
  private boolean decided;
  private int unknown;

  DetectingFramer(PipelineOptions options) {
    this.options = options;
    this.framer = new StderrFramer(options);
    this.detection = new Detection(options);
  }

  @Override
  public void accept(Line line, RecordHandler handler) {
    if (!decided) {
      decide(line.text(), handler);
    }
    framer.accept(line, handler);
  }

  private void decide(ByteSlice line, RecordHandler handler) {
    String found = detection.framingOf(line);
    boolean part = name.equals(SYSLOG) && STDERR.equals(found) && !detection.beginsMessage(line);
    if (found == null || part) {
      return;
    }
    if (!found.equals(name)) {
      framer.end(handler);
      framer = Framings.named(found, options);
      name = found;
    }
    decided = !found.equals(SYSLOG) || detection.isKnownInSyslog(line) || ++unknown == MAX_UNKNOWN;
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
