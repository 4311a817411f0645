/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of a program other than the server; points at the bytes it was given. */
final class OutputLine implements LogRecord {
  private static final ByteSlice EMPTY = new ByteSlice();

  private final ByteSlice text = new ByteSlice();
  private long offsetBytes;
  private long pid = -1;
  private Writer writer = Writer.PROGRAM;
  private @Nullable Instant at;

  OutputLine wrap(ByteSlice line, long offsetBytes, Writer writer) {
    int length = line.length();
    boolean carriageReturn = length > 0 && line.byteAt(length - 1) == '\r';
    text.wrap(line, 0, carriageReturn ? length - 1 : length);
    this.offsetBytes = offsetBytes;
    this.writer = writer;
    return this;
  }

  @Override
  public Kind kind() {
    return Kind.OUTPUT_LINE;
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
    return at;
  }

  @Override
  public ByteSlice severity() {
    return EMPTY;
  }

  @Override
  public ByteSlice sqlState() {
    return EMPTY;
  }

  @Override
  public ByteSlice message() {
    return text;
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
