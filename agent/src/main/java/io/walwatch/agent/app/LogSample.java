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
import io.walwatch.parse.framing.PrefixFit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.io.input.ReversedLinesFileReader;

/** What the last lines of a log say. */
final class LogSample {
  private static final int LINES = 200;

  private static final String BLIND =
      "; a quiet server's log looks like that, and so does one that is none of PostgreSQL's or an"
          + " archiver's: walwatch parse --summary reads it whole";

  private final PipelineOptions options;
  private final List<LogParserProvider> providers;

  LogSample(PipelineOptions options, List<LogParserProvider> providers) {
    this.options = options;
    this.providers = List.copyOf(providers);
  }

  /**
   * What was found, in a few words.
   *
   * @param doubt why that need not be well; empty where something was recognised
   * @param prefixProblem that the last message has another {@code log_line_prefix} than was set;
   *     empty where it has that, or nobody has set one
   */
  record Found(String text, Optional<String> doubt, Optional<String> prefixProblem) {}

  /**
   * Reads the last lines of a file.
   *
   * @throws IOException if it cannot be read
   */
  Found read(Path file) throws IOException {
    return read(lastLines(file));
  }

  /**
   * The same of lines that were read already.
   *
   * @param lines byte for byte, as ISO 8859-1
   */
  Found read(List<String> lines) {
    Tally tally = new Tally();
    LogPipeline pipeline = LogPipelines.create(options, providers, tally);
    PrefixFit fit = new PrefixFit(options);
    read(
        lines,
        line -> {
          pipeline.accept(line);
          fit.read(line.text());
        });
    pipeline.end();
    return new Found(
        tally.events
            + " records recognised in the last "
            + lines.size()
            + " lines"
            + (tally.rejections == 0 ? "" : ", " + tally.rejections + " refused"),
        tally.events == 0 ? Optional.of(BLIND) : Optional.empty(),
        problem(fit));
  }

  private Optional<String> problem(PrefixFit fit) {
    String setting = options.logLinePrefix();
    return setting == null || !fit.lastDiffers()
        ? Optional.empty()
        : Optional.of(
            "its last message has another prefix than log_line_prefix = '"
                + setting
                + "' and is read as it looks; reload PostgreSQL if the setting is new, or name the"
                + " one that it writes: log_line_prefix of a source");
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

  private static void read(List<String> lines, Consumer<Line> reader) {
    Line line = new Line();
    long offset = 0;
    for (String text : lines) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      reader.accept(line.wrap(bytes, 0, bytes.length, offset, false));
      offset += bytes.length + 1;
    }
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
