/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Framer;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogRecord.Writer;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.framing.PrefixItem.Kind;
import java.util.Arrays;

/**
 * PostgreSQL's csvlog: 23 columns in 9.6 to 12, 24 in 13, 26 since 14. A quoted field may span
 * lines, so whatever text a session logs stays inside its record: only a line outside of quotes
 * begins one.
 *
 * <p>A stream may be read from any line on, and then the first may lie inside of quotes. A quote in
 * a text is doubled, so a single one ends the text, and a comma follows it. The server quotes each
 * message, so a record shows by itself that it is none: its first single quote follows a comma and
 * has none behind it.
 */
final class CsvFramer implements Framer {
  static final String NAME = "csvlog";
  static final String TOO_LONG = "record too long";
  static final String BAD_COLUMNS = "wrong number of columns";
  static final String BAD_START = "no time at the start of a record";

  private static final int MAX_RECORD_BYTES = 1024 * 1024;
  private static final int FIRST_BYTES = 8 * 1024;

  private static final int TIME = 0;
  private static final int USER = 1;
  private static final int PID = 3;
  private static final int SEVERITY = 11;
  private static final int SQL_STATE = 12;
  private static final int MESSAGE = 13;
  private static final int DETAIL = 14;
  private static final int INTERNAL_QUERY = 16;
  private static final int CONTEXT = 18;
  private static final int QUERY = 19;
  private static final int BACKEND_TYPE = 23;

  private final PrefixItem time = PrefixItem.of(Kind.TIME);
  private final CsvFields fields = new CsvFields();
  private final ServerMessage message;
  private final boolean serverMessages;
  private final ByteSlice record = new ByteSlice();
  private final ByteSlice backendType = new ByteSlice();
  private byte[] buffer = new byte[FIRST_BYTES];
  private int used;
  private long startBytes;

  /** A record is open: its first lines are in the buffer. */
  private boolean open;

  /** The open record has grown too long; only its end is looked for. */
  private boolean skipped;

  /** What was read last was too long to be kept; lines that begin no record belong to it. */
  private boolean lost;

  /** A line of the open record was cut, and counted as long where that was done. */
  private boolean cut;

  /** A record has shown where quotes begin; before that a line may lie inside of any. */
  private boolean sure;

  /** The open record is a session's, however it goes on. */
  private boolean bySession;

  CsvFramer(PipelineOptions options) {
    message = new ServerMessage(options);
    serverMessages = options.serverMessages();
  }

  /** Whether a line begins a record: a time, and a comma behind it. */
  boolean begins(ByteSlice line) {
    int end = time.end(line, 0);
    return end > 0 && end < line.length() && line.byteAt(end) == ',';
  }

  @Override
  public void accept(Line line, RecordHandler handler) {
    ByteSlice text = line.text();
    if (open && begins(text) && opensField(text)) {
      // A full disk or a crash has torn what is open: else it would swallow all that follows.
      end(handler);
    }
    if (open) {
      goOn(line, handler);
    } else if (begins(text) && (sure || line.offsetBytes() == 0 || opensField(text))) {
      sure = true;
      begin(line, handler);
    } else if (!text.isEmpty()) {
      if (!lost) {
        handler.malformed(NAME, BAD_START, line.offsetBytes());
      }
      lost = true;
    }
  }

  private static boolean opensField(ByteSlice text) {
    int end = 0;
    for (int at = text.indexOf((byte) '"', 0); at >= 0; at = text.indexOf((byte) '"', end)) {
      end = at;
      while (end < text.length() && text.byteAt(end) == '"') {
        end++;
      }
      if ((end - at) % 2 != 0) {
        return at > 0
            && text.byteAt(at - 1) == ','
            && end < text.length()
            && text.byteAt(end) != ','
            && text.byteAt(end) != '\r';
      }
    }
    return false;
  }

  private void begin(Line line, RecordHandler handler) {
    ByteSlice text = line.text();
    lost = false;
    startBytes = line.offsetBytes();
    skipped = line.isCut();
    cut = skipped;
    record.wrap(text, 0, text.length());
    fields.read(record, lengthWithoutCarriageReturn());
    bySession = fields.count() > USER + 1 && !fields.isEmpty(USER);
    if (skipped) {
      open = hasOddQuotes(line);
      closeUnlessOpen(handler);
      return;
    }
    if (fields.isOpen()) {
      open = true;
      used = 0;
      keep(text);
    } else {
      whole(handler);
    }
  }

  /** An odd number of quotes closes what is open; the columns are looked at only then. */
  private void goOn(Line line, RecordHandler handler) {
    ByteSlice text = line.text();
    cut = cut || line.isCut();
    skipped = skipped || cut || used + text.length() > MAX_RECORD_BYTES;
    if (!skipped) {
      keep(text);
    }
    open = !hasOddQuotes(line);
    if (skipped) {
      closeUnlessOpen(handler);
    } else if (!open) {
      record.wrap(buffer, 0, used);
      fields.read(record, lengthWithoutCarriageReturn());
      whole(handler);
    }
  }

  /** A statement that is longer than a line may be is nothing that an archiver has said. */
  private void closeUnlessOpen(RecordHandler handler) {
    if (open) {
      return;
    }
    skipped = false;
    if (!bySession || !cut) {
      handler.malformed(NAME, TOO_LONG, startBytes);
    }
  }

  private static boolean hasOddQuotes(Line line) {
    return hasOddQuotes(line.text()) ^ line.isOddQuotesLost();
  }

  private static boolean hasOddQuotes(ByteSlice text) {
    boolean odd = false;
    for (int at = text.indexOf((byte) '"', 0); at >= 0; at = text.indexOf((byte) '"', at + 1)) {
      odd = !odd;
    }
    return odd;
  }

  private void keep(ByteSlice text) {
    int needed = used + 1 + text.length();
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(needed, 2 * buffer.length));
    }
    if (used > 0) {
      buffer[used++] = '\n';
    }
    System.arraycopy(text.array(), text.start(), buffer, used, text.length());
    used += text.length();
  }

  private int lengthWithoutCarriageReturn() {
    int length = record.length();
    return length > 0 && record.byteAt(length - 1) == '\r' ? length - 1 : length;
  }

  private void whole(RecordHandler handler) {
    int count = fields.count();
    if (count != 23 && count != 24 && count != 26) {
      handler.malformed(NAME, BAD_COLUMNS, startBytes);
    } else if (serverMessages) {
      deliver(handler);
    }
  }

  private void deliver(RecordHandler handler) {
    message.begin(startBytes, pid(), writer());
    set(message.severity, SEVERITY);
    set(message.sqlState, SQL_STATE);
    set(message.time, TIME);
    set(message.text, MESSAGE);
    if (handler.mayMatter(message)) {
      set(message.detail, DETAIL);
      set(message.context, fields.isEmpty(CONTEXT) ? INTERNAL_QUERY : CONTEXT);
      set(message.statement, QUERY);
      message.settleWriter();
      handler.record(message);
    }
  }

  private void set(ServerMessage.Part part, int column) {
    message.setUnquoted(part, record, fields.start(column), fields.end(column));
  }

  private long pid() {
    return Ascii.number(record, fields.start(PID), fields.end(PID));
  }

  private Writer writer() {
    if (!fields.isEmpty(BACKEND_TYPE)) {
      backendType.wrap(record, fields.start(BACKEND_TYPE), fields.end(BACKEND_TYPE));
      return BackendTypes.writer(backendType);
    }
    return fields.isEmpty(USER) ? Writer.SERVER : Writer.SESSION;
  }

  @Override
  public void quiet(RecordHandler handler) {}

  @Override
  public void end(RecordHandler handler) {
    if (open) {
      open = false;
      handler.malformed(NAME, BAD_COLUMNS, startBytes);
    }
  }

  @Override
  public long pendingOffsetBytes() {
    return open ? startBytes : LogParser.NOTHING_PENDING;
  }
}
