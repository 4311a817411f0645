/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.barman;

import io.walwatch.parse.ArchiverEvents;
import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Lines of Barman's commands and of barman.log: {@code 2026-11-22 09:28:24,501 [18495] ERROR: …},
 * in the log with the name of a logger before the level. Times have no zone.
 *
 * <p>{@code barman-wal-archive} writes a bare {@code ERROR: …}, which could be anybody's: such
 * lines are not taken.
 */
final class BarmanParser implements LogParser {
  private static final int TIME_LENGTH = "2026-11-22 09:28:24,501".length();
  private static final byte[] PID = Ascii.bytes(" [");
  private static final byte[] LOGGER = Ascii.bytes("barman");

  private final ArchiverEvents events = new ArchiverEvents(BarmanProvider.NAME);
  private long pid;

  @Override
  public boolean mayMatter(LogRecord head) {
    return head.kind() == LogRecord.Kind.OUTPUT_LINE && levelStart(head.message()) >= 0;
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
    int level = levelStart(line);
    int colon = level < 0 ? -1 : line.indexOf((byte) ':', level);
    MessageSeverity severity = colon < 0 ? null : severity(line.substring(level, colon));
    if (severity == null) {
      return;
    }
    String text = line.substring(colon + 1, line.length()).strip();
    sink.event(
        new LogEvent.Message(
            record.at(), BarmanProvider.NAME, severity, pid, text, null, isRetry(text)),
        events.origin(record));
  }

  private int levelStart(ByteSlice line) {
    if (line.length() <= TIME_LENGTH
        || line.byteAt(TIME_LENGTH - 4) != ','
        || line.byteAt("2026".length()) != '-'
        || !line.startsWith(PID, TIME_LENGTH)) {
      return -1;
    }
    int pidStart = TIME_LENGTH + PID.length;
    int pidEnd = Ascii.digitsEnd(line, pidStart);
    pid = Ascii.number(line, pidStart, pidEnd);
    int at = pidEnd + 2;
    if (pid < 0 || at >= line.length() || line.byteAt(pidEnd) != ']') {
      return -1;
    }
    int blank = line.startsWith(LOGGER, at) ? line.indexOf((byte) ' ', at) : at - 1;
    return blank < 0 ? -1 : blank + 1;
  }

  private static @Nullable MessageSeverity severity(String level) {
    return switch (level) {
      case "WARNING" -> MessageSeverity.WARNING;
      case "ERROR" -> MessageSeverity.ERROR;
      case "CRITICAL" -> MessageSeverity.CRITICAL;
      default -> null;
    };
  }

  private static boolean isRetry(String text) {
    return text.startsWith("Retry");
  }
}
