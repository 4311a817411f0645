/* SPDX-License-Identifier: Apache-2.0 */
package org.example.walcp;

import io.walwatch.parse.ArchiverEvents;
import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogRecord;
import io.walwatch.parse.Rejection;
import io.walwatch.parse.Rejection.Verdict;
import io.walwatch.parse.WalFile;

/** Each line of walcp is a whole record, so nothing is ever pending. */
final class WalcpParser implements LogParser {
  private static final byte[] STORED = Ascii.bytes("walcp: stored ");
  private static final byte[] FAILED = Ascii.bytes("walcp: failed ");

  private final ArchiverEvents events = new ArchiverEvents(WalcpProvider.NAME);

  /** Not asked for every line: one that is a record by itself comes unasked. */
  @Override
  public boolean mayMatter(LogRecord head) {
    ByteSlice line = head.message();
    return head.kind() == LogRecord.Kind.OUTPUT_LINE
        && (line.startsWith(STORED) || line.startsWith(FAILED));
  }

  /** So that what a busy server writes is passed over at a glance. */
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
    if (line.startsWith(STORED)) {
      push(record, PushState.COMPLETE, nameUpTo(line, STORED.length, (byte) ' '), sink);
    } else if (line.startsWith(FAILED)) {
      push(record, PushState.FAIL, nameUpTo(line, FAILED.length, (byte) ':'), sink);
    }
  }

  private static String nameUpTo(ByteSlice line, int from, byte end) {
    int to = line.indexOf(end, from);
    return line.substring(from, to < 0 ? line.length() : to);
  }

  private void push(LogRecord record, PushState state, String name, EventSink sink) {
    WalFile file = WalFile.parse(name);
    if (file == null) {
      sink.rejected(
          new Rejection(
              Verdict.MALFORMED, WalcpProvider.NAME, "bad file name", record.offsetBytes()));
      return;
    }
    events.push(record, state, file, sink);
  }
}
