/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.pgbackrest;

import io.walwatch.parse.ArchiverEvents;
import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.FetchState;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogRecord;
import io.walwatch.parse.WalFile;
import org.jspecify.annotations.Nullable;

/**
 * pgBackRest's lines, each a record: {@code 2026-11-22 09:24:40.649 P00 INFO: pushed WAL file '…'
 * to the archive}, and on stderr {@code ERROR: [103]: …}. Its times have no zone, so events have
 * none.
 *
 * <p>The line that ends a failed push names no file: it is that of the last push that began, since
 * the server runs one archive_command at a time. A standby with {@code archive_mode=always} fetches
 * meanwhile.
 */
final class PgbackrestParser implements LogParser {
  private static final byte[] PROCESS = Ascii.bytes(" P");
  private static final byte[] ERROR = Ascii.bytes("ERROR: [");
  private static final byte[] PUSH_BEGIN = Ascii.bytes("archive-push command begin ");
  private static final byte[] GET_BEGIN = Ascii.bytes("archive-get command begin ");
  private static final byte[] PUSHED = Ascii.bytes("pushed WAL file '");
  private static final byte[] PUSH_END = Ascii.bytes("archive-push command end: ");
  private static final byte[] ABORTED = Ascii.bytes("aborted with exception");
  private static final byte[] FOUND = Ascii.bytes("found ");
  private static final byte[] NOT_FOUND = Ascii.bytes("unable to find ");
  private static final byte[] ARCHIVE = Ascii.bytes(" archive");
  private static final int TIME_LENGTH = "2026-11-22 09:24:40.649".length();
  private static final int PROCESS_LENGTH = " P00".length();

  private final ArchiverEvents events = new ArchiverEvents(PgbackrestProvider.NAME);

  /** The file of the push that has not ended. */
  private @Nullable WalFile current;

  @Override
  public boolean mayMatter(LogRecord head) {
    ByteSlice line = head.message();
    return head.kind() == LogRecord.Kind.OUTPUT_LINE
        && (line.startsWith(ERROR) || textStart(line) >= 0);
  }

  @Override
  public boolean ignoresAll(LogRecord beginning) {
    return beginning.kind() == LogRecord.Kind.SERVER_MESSAGE;
  }

  @Override
  public void accept(LogRecord record, EventSink sink) {
    if (record.writer() != LogRecord.Writer.PROGRAM) {
      return;
    }
    ByteSlice line = record.message();
    if (line.startsWith(ERROR)) {
      events.message(record, MessageSeverity.ERROR, "ERROR: ".length(), sink);
      return;
    }
    int at = textStart(line);
    if (at < 0) {
      return;
    }
    int level = Ascii.blanksEnd(line, at);
    int text = line.indexOf((byte) ':', level) + 2;
    switch (text > 1 && text < line.length() ? line.substring(level, text - 2) : "") {
      case "INFO" -> info(record, text, sink);
      case "WARN" -> events.message(record, MessageSeverity.WARNING, text, sink);
      case "ERROR" -> events.message(record, MessageSeverity.ERROR, text, sink);
      default -> {}
    }
  }

  /** Behind time and process number, or -1: not a line of pgBackRest. */
  private static int textStart(ByteSlice line) {
    int end = TIME_LENGTH + PROCESS_LENGTH;
    boolean fits =
        line.length() > end
            && line.startsWith(PROCESS, TIME_LENGTH)
            && Ascii.digitsEnd(line, TIME_LENGTH + PROCESS.length) == end
            && line.byteAt(end) == ' '
            && line.byteAt("2026".length()) == '-'
            && Ascii.digitsEnd(line, 0) == "2026".length();
    return fits ? end : -1;
  }

  private void info(LogRecord record, int at, EventSink sink) {
    ByteSlice line = record.message();
    if (line.startsWith(PUSH_BEGIN, at)) {
      current = bracketed(line, at);
      events.push(record, PushState.BEGIN, current, sink);
    } else if (line.startsWith(PUSHED, at)) {
      int name = at + PUSHED.length;
      events.push(record, PushState.COMPLETE, fileUpTo(line, name, '\''), sink);
    } else if (line.startsWith(PUSH_END, at)) {
      // Where the log was not read from its start the push may have begun before.
      if (current != null && line.startsWith(ABORTED, at + PUSH_END.length)) {
        events.push(record, PushState.FAIL, current, sink);
      }
      current = null;
    } else if (line.startsWith(GET_BEGIN, at)) {
      fetch(record, FetchState.BEGIN, bracketed(line, at), sink);
    } else if (!line.endsWith(ARCHIVE)) {
      return;
    } else if (line.startsWith(FOUND, at)) {
      fetch(record, FetchState.COMPLETE, fileUpTo(line, at + FOUND.length, ' '), sink);
    } else if (line.startsWith(NOT_FOUND, at)) {
      fetch(record, FetchState.MISSING, fileUpTo(line, at + NOT_FOUND.length, ' '), sink);
    }
  }

  /** "[pg_wal/NAME]", or for a fetch "[NAME, target]". */
  private static @Nullable WalFile bracketed(ByteSlice line, int from) {
    int open = line.indexOf((byte) '[', from);
    int close = open < 0 ? -1 : line.indexOf((byte) ']', open);
    if (close < 0) {
      return null;
    }
    String inside = line.substring(open + 1, close);
    int comma = inside.indexOf(',');
    String path = comma < 0 ? inside : inside.substring(0, comma);
    return WalFile.parse(path.substring(path.lastIndexOf('/') + 1));
  }

  private static @Nullable WalFile fileUpTo(ByteSlice line, int from, char end) {
    int to = line.indexOf((byte) end, from);
    return to < 0 ? null : WalFile.parse(line.substring(from, to));
  }

  private void fetch(LogRecord record, FetchState state, @Nullable WalFile file, EventSink sink) {
    events.fetch(record, FetchAction.FETCH, state, file, sink);
  }

  @Override
  public String memory() {
    return current == null ? "" : current.name();
  }

  @Override
  public void remember(String memory) {
    current = WalFile.parse(memory);
  }
}
