/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Framer;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogRecord.Writer;
import io.walwatch.parse.PipelineOptions;
import java.nio.charset.StandardCharsets;

/**
 * PostgreSQL's stderr format. A message is a line with {@code log_line_prefix} and a severity, then
 * lines of DETAIL, HINT, CONTEXT and STATEMENT with the same prefix; each further line of any of
 * these begins with a TAB (elog.c, append_with_tabs). So no text that a session logs can begin a
 * line of its own. A line with neither is the raw output of a program that the server started.
 *
 * <p>A message is whole when another begins, when raw output follows, or when the stream is quiet:
 * the server writes message and detail at once.
 */
public final class StderrFramer implements Framer {
  private static final byte[] ARCHIVER = {'a', 'r', 'c', 'h', 'i', 'v', 'e', 'r'};
  private static final byte[] CLIENT_BACKEND = "client backend".getBytes(StandardCharsets.US_ASCII);

  private final PrefixChoice prefix;
  private final PrefixMatch match = new PrefixMatch();
  private final ServerMessage message;
  private final OutputLine output = new OutputLine();
  private final boolean serverMessages;

  /** A message is open; its text is being kept. */
  private boolean open;

  /** A message is going on that matters to nobody. */
  private boolean ignored;

  public StderrFramer(PipelineOptions options) {
    prefix = PrefixChoice.of(options.logLinePrefix());
    message = new ServerMessage(new Timestamps(options.logTimezone()));
    serverMessages = options.serverMessages();
  }

  @Override
  public void accept(Line line, RecordHandler handler) {
    ByteSlice text = line.text();
    int end = withoutCarriageReturn(text);
    if (end > 0 && text.byteAt(0) == '\t') {
      if (open) {
        message.addLine(text, 1, end);
      }
    } else if (prefix.match(text, match)) {
      serverLine(line, end, handler);
    } else {
      flush(handler);
      ignored = false;
      handler.record(output.wrap(text, line.offsetBytes(), Writer.PROGRAM));
    }
  }

  private void serverLine(Line line, int end, RecordHandler handler) {
    boolean continued = (open || ignored) && message.isOf(match.pid);
    boolean begins =
        match.role == Severity.Role.MESSAGE
            || (match.role == Severity.Role.TRANSLATED && !continued);
    if (begins) {
      flush(handler);
      begin(line, end, handler);
    } else if (!continued) {
      flush(handler);
    } else if (open) {
      addPart(line.text(), end);
    }
  }

  private void begin(Line line, int end, RecordHandler handler) {
    ignored = true;
    if (!serverMessages) {
      return;
    }
    ByteSlice text = line.text();
    int textStart = Math.min(match.severity.textStart(), end);
    message.begin(line.offsetBytes(), match.pid, writer());
    message.set(message.severity, text, match.severity.start(), match.severity.wordEnd());
    message.set(message.sqlState, match.sqlState, 0, match.sqlState.length());
    message.set(message.time, match.time, 0, match.time.length());
    message.set(message.text, text, textStart, end);
    open = handler.mayMatter(message);
    ignored = !open;
  }

  private void addPart(ByteSlice text, int end) {
    int textStart = Math.min(match.severity.textStart(), end);
    switch (match.role) {
      case DETAIL -> message.set(message.detail, text, textStart, end);
      case CONTEXT -> message.set(message.context, text, textStart, end);
      case STATEMENT -> message.set(message.statement, text, textStart, end);
      case TRANSLATED ->
          message.set(
              message.detail.isEmpty() ? message.detail : message.context, text, textStart, end);
      default -> message.skipPart();
    }
  }

  private Writer writer() {
    if (match.session) {
      return Writer.SESSION;
    }
    if (!match.backendType.isEmpty()) {
      return backendWriter(match.backendType);
    }
    return prefix.tellsUser() ? Writer.SERVER : Writer.UNKNOWN;
  }

  private static Writer backendWriter(ByteSlice type) {
    if (type.length() == ARCHIVER.length && type.startsWith(ARCHIVER)) {
      return Writer.ARCHIVER;
    }
    return type.startsWith(CLIENT_BACKEND) ? Writer.SESSION : Writer.SERVER;
  }

  private void flush(RecordHandler handler) {
    if (open) {
      open = false;
      handler.record(message);
    }
  }

  @Override
  public void quiet(RecordHandler handler) {
    flush(handler);
  }

  @Override
  public void end(RecordHandler handler) {
    flush(handler);
  }

  @Override
  public long pendingOffsetBytes() {
    return open ? message.offsetBytes() : LogParser.NOTHING_PENDING;
  }

  private static int withoutCarriageReturn(ByteSlice text) {
    int length = text.length();
    return length > 0 && text.byteAt(length - 1) == '\r' ? length - 1 : length;
  }
}
