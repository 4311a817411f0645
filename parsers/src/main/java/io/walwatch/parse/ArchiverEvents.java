/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.FetchState;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import org.jspecify.annotations.Nullable;

/**
 * Reports what an archiver's lines mean, for a parser whose lines tell no more than what became of
 * which file: time and process are those of the framing, where it has them. What a line tells
 * besides goes into an event of the parser's own making, with the {@link #origin} from here. One
 * instance for each parser.
 */
public final class ArchiverEvents {
  /** The reason of a line that should name a file of pg_wal and does not. */
  public static final String BAD_FILE = "bad file name";

  private final String archiver;
  private final TextHash hash = new TextHash();

  /**
   * Events of one archiver.
   *
   * @param archiver as in {@link LogParserProvider#name()}
   */
  public ArchiverEvents(String archiver) {
    this.archiver = archiver;
  }

  /**
   * Reports a push.
   *
   * @param file null where the line should name one and does not: it is malformed
   */
  public void push(LogRecord record, PushState state, @Nullable WalFile file, EventSink sink) {
    if (file == null) {
      badFile(record, sink);
    } else {
      sink.event(
          new LogEvent.Push(record.at(), archiver, state, file, record.pid(), null, null),
          origin(record));
    }
  }

  /**
   * Reports a fetch.
   *
   * @param file null where the line should name one and does not: it is malformed
   */
  public void fetch(
      LogRecord record,
      FetchAction action,
      FetchState state,
      @Nullable WalFile file,
      EventSink sink) {
    if (file == null) {
      badFile(record, sink);
    } else {
      sink.event(
          new LogEvent.Fetch(record.at(), archiver, action, state, file, record.pid(), null),
          origin(record));
    }
  }

  /**
   * Reports a line without an action.
   *
   * @param textStart first byte of what it says, behind time and severity
   */
  public void message(LogRecord record, MessageSeverity severity, int textStart, EventSink sink) {
    ByteSlice line = record.message();
    String text = line.substring(textStart, line.length()).strip();
    sink.event(
        new LogEvent.Message(record.at(), archiver, severity, record.pid(), text, null, false),
        origin(record));
  }

  private void badFile(LogRecord record, EventSink sink) {
    sink.rejected(
        new Rejection(Rejection.Verdict.MALFORMED, archiver, BAD_FILE, record.offsetBytes()));
  }

  /** Where an event was read that is told by this whole record and by no other. */
  public Origin origin(LogRecord record) {
    hash.reset();
    return new Origin(archiver, record.offsetBytes(), hash.addLines(record.message()).value());
  }
}
