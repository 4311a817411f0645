/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.wale;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogRecord;
import io.walwatch.parse.Needle;
import io.walwatch.parse.Rejection;
import io.walwatch.parse.Rejection.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * WAL-E's records: a header, then lines with eight blanks before them, the last of which is
 * STRUCTURED. Each is written with one write(2), so a line of somebody else in between means that
 * the record was broken off.
 *
 * <p>What Python writes between {@code --- Logging error ---} and {@code Arguments: ()} when it
 * finds no syslog repeats a record, quoted on one line; it is shown as a duplicate.
 */
final class WaleParser implements LogParser {
  static final String BROKEN_OFF = "record broken off";
  static final String IN_SERVER_MESSAGE = "inside a message of the server";
  static final String WITHOUT_HEAD = "end of a record that nobody began";
  static final String REPEATED = "repeated by a logging error of Python";

  private static final byte[] INDENT = Ascii.bytes("        ");
  private static final byte[] STRUCTURED = Ascii.bytes("STRUCTURED: ");
  private static final Needle LAST_LINE = new Needle("\n        STRUCTURED: ");
  private static final byte[] QUOTED = Ascii.bytes("Message: 'MSG: ");

  /** As Python's repr() quotes a text that holds an apostrophe. */
  private static final byte[] DOUBLE_QUOTED = Ascii.bytes("Message: \"MSG: ");

  private static final byte[] ESCAPED_STRUCTURED = Ascii.bytes("\\nSTRUCTURED: ");

  private final WaleHeader header = new WaleHeader();
  private final WaleRecord record = new WaleRecord();
  private final StructuredLine structured = new StructuredLine();
  private final WaleEvents events = new WaleEvents();

  /** Also when it is quiet: a record is written at once, but a slow disk may show half of it. */
  private boolean open;

  private boolean faulty;

  @Override
  public boolean mayMatter(LogRecord head) {
    return WaleHeader.mayBegin(head.message());
  }

  @Override
  public boolean ignoresAll(LogRecord beginning) {
    return !mayMatter(beginning);
  }

  @Override
  public void accept(LogRecord next, EventSink sink) {
    if (next.writer() != LogRecord.Writer.PROGRAM) {
      notByWale(next, sink);
      return;
    }
    ByteSlice line = next.message();
    if (open && line.startsWith(INDENT)) {
      continuation(line, sink);
      return;
    }
    if (faulty && line.startsWith(INDENT)) {
      // Its head was told of.
      return;
    }
    faulty = false;
    breakOff(sink);
    if (header.find(line)) {
      record.begin(line, header, next.offsetBytes());
      open = true;
    } else if (isLastLine(line)) {
      reject(Verdict.FORGED, WITHOUT_HEAD, next.offsetBytes(), sink);
    } else if ((line.startsWith(QUOTED) || line.startsWith(DOUBLE_QUOTED))
        && line.contains(ESCAPED_STRUCTURED)) {
      reject(Verdict.DUPLICATE, REPEATED, next.offsetBytes(), sink);
    } else {
      String fault = WaleHeader.fault(line);
      faulty = fault != null;
      reject(Verdict.MALFORMED, fault, next.offsetBytes(), sink);
    }
  }

  private void continuation(ByteSlice line, EventSink sink) {
    if (!line.startsWith(STRUCTURED, INDENT.length)) {
      record.add(line, INDENT.length);
      return;
    }
    record.addStructured(line, INDENT.length);
    open = false;
    String fault = structured.read(line, INDENT.length + STRUCTURED.length);
    if (fault == null) {
      fault = events.report(record, structured, sink);
    }
    reject(Verdict.MALFORMED, fault, record.offsetBytes(), sink);
  }

  /** WAL-E writes nothing into the server's messages: whoever did, it was not WAL-E. */
  private void notByWale(LogRecord next, EventSink sink) {
    breakOff(sink);
    ByteSlice text = next.message();
    boolean outputLine = next.kind() == LogRecord.Kind.OUTPUT_LINE;
    boolean forged =
        outputLine
            ? isLastLine(text)
            : LAST_LINE.indexIn(text, 0) >= 0
                || (WaleHeader.mayBegin(text) && text.contains(STRUCTURED));
    if (forged) {
      reject(Verdict.FORGED, IN_SERVER_MESSAGE, next.offsetBytes(), sink);
    }
  }

  private static boolean isLastLine(ByteSlice line) {
    return line.startsWith(INDENT) && line.startsWith(STRUCTURED, INDENT.length);
  }

  private void breakOff(EventSink sink) {
    if (open) {
      open = false;
      reject(Verdict.MALFORMED, BROKEN_OFF, record.offsetBytes(), sink);
    }
  }

  private static void reject(
      Verdict verdict, @Nullable String reason, long offsetBytes, EventSink sink) {
    if (reason != null) {
      sink.rejected(new Rejection(verdict, WaleProvider.NAME, reason, offsetBytes));
    }
  }

  @Override
  public void end(EventSink sink) {
    breakOff(sink);
  }

  @Override
  public String memory() {
    return events.memory();
  }

  @Override
  public void remember(String memory) {
    events.remember(memory);
  }

  @Override
  public long pendingOffsetBytes() {
    return open ? record.offsetBytes() : NOTHING_PENDING;
  }
}
