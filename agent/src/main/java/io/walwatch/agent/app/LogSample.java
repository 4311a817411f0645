/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.parse.EventSink;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.LogPipeline;
import io.walwatch.parse.LogPipelines;
import io.walwatch.parse.Origin;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.commons.io.input.ReversedLinesFileReader;

/** What the last lines of a log say. */
final class LogSample {
  private static final int LINES = 200;

  private final PipelineOptions options;
  private final List<LogParserProvider> providers;

  LogSample(PipelineOptions options, List<LogParserProvider> providers) {
    this.options = options;
    this.providers = List.copyOf(providers);
  }

  /**
   * What is found in the last lines of a file, in a few words.
   *
   * @throws IOException if it cannot be read
   */
  String describe(Path file) throws IOException {
    List<String> lines = lastLines(file);
    Tally tally = new Tally();
    read(lines, LogPipelines.create(options, providers, tally));
    return tally.events
        + " records recognised in the last "
        + lines.size()
        + " lines"
        + (tally.rejections == 0 ? "" : ", " + tally.rejections + " refused");
  }

  /** Byte for byte: Latin-1 keeps every byte, whatever the log's encoding is. */
  private static List<String> lastLines(Path file) throws IOException {
    try (ReversedLinesFileReader reader =
        ReversedLinesFileReader.builder()
            .setPath(file)
            .setCharset(StandardCharsets.ISO_8859_1)
            .get()) {
      List<String> lines = reader.readLines(LINES);
      Collections.reverse(lines);
      return lines;
    }
  }

  private static void read(List<String> lines, LogPipeline pipeline) {
    Line line = new Line();
    long offset = 0;
    for (String text : lines) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      pipeline.accept(line.wrap(bytes, 0, bytes.length, offset, false));
      offset += bytes.length + 1;
    }
    pipeline.end();
  }

  private static final class Tally implements EventSink {
    private int events;
    private int rejections;

    @Override
    public void event(LogEvent event, Origin origin) {
      events++;
    }

    @Override
    public void rejected(Rejection rejection) {
      rejections++;
    }
  }
}
