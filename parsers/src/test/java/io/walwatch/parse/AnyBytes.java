/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads bytes of any sort and checks what must hold whatever they are. */
public final class AnyBytes {
  private AnyBytes() {}

  /**
   * Reads a stream to its end.
   *
   * @param framing name of the framing, or null: found from the lines
   */
  public static Found read(@Nullable String framing, byte[] bytes) {
    return read(framing, null, bytes);
  }

  /**
   * The same where a {@code log_line_prefix} is known.
   *
   * @param prefix the setting, whatever the lines have; or null
   */
  public static Found read(@Nullable String framing, @Nullable String prefix, byte[] bytes) {
    return read(new PipelineOptions(framing, prefix, null, Set.of(), true), bytes);
  }

  /** Reads a stream in the server's stderr format with one parser only. */
  public static Found readMeaning(String parser, byte[] bytes) {
    return read(new PipelineOptions("stderr", "%m [%p] ", null, Set.of(parser), true), bytes);
  }

  /** Lines are read where they lie and as copies: the first may take a shorter way. */
  private static Found read(PipelineOptions options, byte[] bytes) {
    Found found = read(options, bytes, false);
    Found copied = read(options, bytes, true);
    assertThat(copied.events()).isEqualTo(found.events());
    assertThat(copied.origins()).isEqualTo(found.origins());
    assertThat(copied.rejections()).isEqualTo(found.rejections());
    return found;
  }

  private static Found read(PipelineOptions options, byte[] bytes, boolean copies) {
    Found found = new Found();
    LogPipeline pipeline = LogPipelines.create(options, Golden.providers(), found, AnyBytes::fault);
    Watch watch = new Watch(pipeline, found);
    LineSplitter splitter = new LineSplitter(watch::line, copies);
    splitter.accept(bytes, 0, bytes.length);
    splitter.end();
    pipeline.end();
    assertThat(pipeline.pendingOffsetBytes()).isEqualTo(LogParser.NOTHING_PENDING);
    return found;
  }

  private static void fault(LogParser parser, Throwable fault) {
    throw new AssertionError("a parser threw", fault);
  }

  /** Checks the pipeline after each line, and lets it be quiet now and then. */
  private static final class Watch {
    private final LogPipeline pipeline;
    private final Found found;
    private long furthest;
    private int lines;

    Watch(LogPipeline pipeline, Found found) {
      this.pipeline = pipeline;
      this.found = found;
    }

    void line(Line line) {
      int before = found.origins().size();
      long resume = Math.min(furthest, pipeline.pendingOffsetBytes());
      pipeline.accept(line);
      if (line.text().length() % 7 == 3) {
        pipeline.quiet();
      }
      furthest = line.offsetBytes() + line.text().length() + 1;
      long end = Math.min(furthest, pipeline.pendingOffsetBytes());
      for (int i = before; i < found.origins().size(); i++) {
        long offset = found.origins().get(i).offsetBytes();
        if (offset < resume || offset >= end) {
          throw new AssertionError(
              "line " + lines + ": " + offset + " not in " + resume + ".." + end);
        }
      }
      lines++;
    }
  }
}
