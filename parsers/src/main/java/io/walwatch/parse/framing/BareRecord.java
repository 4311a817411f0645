/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line where it lies: a text and who wrote it, and neither its time nor the other fields. */
abstract class BareRecord implements LogRecord {
  private static final ByteSlice EMPTY = new ByteSlice();

  final ByteSlice severity = new ByteSlice();
  final ByteSlice text = new ByteSlice();
  private long offsetBytes;
  private long pid = -1;
  private Writer writer = Writer.UNKNOWN;

  final void wrote(long newOffsetBytes, long newPid, Writer newWriter) {
    offsetBytes = newOffsetBytes;
    pid = newPid;
    writer = newWriter;
  }

  @Override
  public final Writer writer() {
    return writer;
  }

  @Override
  public final long offsetBytes() {
    return offsetBytes;
  }

  @Override
  public final @Nullable Long pid() {
    return pid < 0 ? null : pid;
  }

  @Override
  public final @Nullable Instant at() {
    return null;
  }

  @Override
  public final ByteSlice severity() {
    return severity;
  }

  @Override
  public final ByteSlice sqlState() {
    return EMPTY;
  }

  @Override
  public final ByteSlice message() {
    return text;
  }

  @Override
  public final ByteSlice detail() {
    return EMPTY;
  }

  @Override
  public final ByteSlice context() {
    return EMPTY;
  }

  @Override
  public final ByteSlice statement() {
    return EMPTY;
  }
}
