/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.util.List;

/**
 * From the lines of one stream to events: a framer and the parsers behind it. One instance for each
 * stream, used by one thread.
 *
 * <p>What was reported lies wholly before {@link #pendingOffsetBytes()}, what was not lies wholly
 * at or behind it: a reader that remembers that offset with its counters loses nothing and counts
 * nothing twice.
 */
public final class LogPipeline {
  private final Framer framer;
  private final List<LogParser> parsers;
  private final EventSink sink;

  public LogPipeline(Framer framer, List<LogParser> parsers, EventSink sink) {
    this.framer = framer;
    this.parsers = List.copyOf(parsers);
    this.sink = sink;
  }

  /** Reads one line; lines come in the order of the stream. */
  public void accept(Line line) {
    framer.accept(line, this::parse);
  }

  /** The stream has been quiet for a moment: what may be complete is reported. */
  public void quiet() {
    framer.quiet(this::parse);
    parsers.forEach(parser -> parser.quiet(sink));
  }

  /** The stream is over. */
  public void end() {
    framer.end(this::parse);
    parsers.forEach(parser -> parser.end(sink));
  }

  /** First byte of what must be read again after a crash, or {@link LogParser#NOTHING_PENDING}. */
  public long pendingOffsetBytes() {
    long pending = framer.pendingOffsetBytes();
    for (LogParser parser : parsers) {
      pending = Math.min(pending, parser.pendingOffsetBytes());
    }
    return pending;
  }

  private void parse(LogRecord record) {
    for (LogParser parser : parsers) {
      parser.accept(record, sink);
    }
  }
}
