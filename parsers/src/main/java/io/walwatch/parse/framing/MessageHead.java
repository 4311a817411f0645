/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The first line of a message where it lies: enough to tell that it matters to nobody. */
final class MessageHead implements LogRecord {
  private static final ByteSlice EMPTY = new ByteSlice();

  private final ByteSlice severity = new ByteSlice();
  private final ByteSlice message = new ByteSlice();
  private long offsetBytes;
  private long pid;
  private Writer writer = Writer.UNKNOWN;

  MessageHead wrap(long newOffsetBytes, long newPid, Writer newWriter) {
    offsetBytes = newOffsetBytes;
    pid = newPid;
    writer = newWriter;
    return this;
  }

  void wrapText(ByteSlice line, int severityStart, int severityEnd, int textStart, int end) {
    severity.wrap(line, severityStart, severityEnd);
    message.wrap(line, textStart, end);
  }

  @Override
  public Kind kind() {
    return Kind.SERVER_MESSAGE;
  }

  @Override
  public Writer writer() {
    return writer;
  }

  @Override
  public long offsetBytes() {
    return offsetBytes;
  }

  @Override
  public @Nullable Long pid() {
    return pid < 0 ? null : pid;
  }

  @Override
  public @Nullable Instant at() {
    return null;
  }

  @Override
  public ByteSlice severity() {
    return severity;
  }

  @Override
  public ByteSlice sqlState() {
    return EMPTY;
  }

  @Override
  public ByteSlice message() {
    return message;
  }

  @Override
  public ByteSlice detail() {
    return EMPTY;
  }

  @Override
  public ByteSlice context() {
    return EMPTY;
  }

  @Override
  public ByteSlice statement() {
    return EMPTY;
  }
}
