/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LogRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line where it lies: a text and who wrote it, and neither its time nor the other fields. */
abstract class BareRecord implements LogRecord {
  final ByteSlice severity = new ByteSlice();
  final ByteSlice text = new ByteSlice();

  /** Of this record alone: whoever gets it may point it elsewhere. */
  private final ByteSlice empty = new ByteSlice();

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
    return empty.clear();
  }

  @Override
  public final ByteSlice message() {
    return text;
  }

  @Override
  public final ByteSlice detail() {
    return empty.clear();
  }

  @Override
  public final ByteSlice context() {
    return empty.clear();
  }

  @Override
  public final ByteSlice statement() {
    return empty.clear();
  }
}
