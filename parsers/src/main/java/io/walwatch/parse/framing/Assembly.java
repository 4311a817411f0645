/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import java.util.Arrays;

/** One message while its pieces come in, between pieces of others. Reused. */
final class Assembly {
  /** What a message is made of. */
  enum Source {
    SERVER,
    PROGRAM
  }

  private static final int MAX_BYTES = 256 * 1024;

  private byte[] text = new byte[1024];
  private int used;
  private int cursor;
  private int lines;
  private long offsetBytes;
  private long pid;
  private int tag;
  private long sequence;
  private long lastLine;
  private Source source = Source.PROGRAM;
  private boolean closed;
  private boolean broken;
  private boolean doubted;
  private boolean slow;
  private byte[] time = new byte[40];
  private int timeLength;

  void begin(Source newSource, int newTag, long newPid, long newOffsetBytes) {
    source = newSource;
    tag = newTag;
    pid = newPid;
    offsetBytes = newOffsetBytes;
    used = 0;
    lines = 0;
    sequence = -1;
    closed = false;
    broken = false;
    doubted = false;
    slow = false;
    timeLength = 0;
  }

  /** Adds text that begins a line. */
  void addLine(ByteSlice piece) {
    if (lines > 0) {
      append((byte) '\n');
    }
    lines++;
    addToLine(piece);
  }

  /** Adds text that goes on with the last line. */
  void addToLine(ByteSlice piece) {
    lines = Math.max(lines, 1);
    int length = Math.min(piece.length(), MAX_BYTES - used);
    if (text.length - used < length) {
      text = Arrays.copyOf(text, Math.max(used + length, 2 * used));
    }
    System.arraycopy(piece.array(), piece.start(), text, used, length);
    used += length;
  }

  private void append(byte b) {
    if (used == MAX_BYTES) {
      return;
    }
    if (used == text.length) {
      text = Arrays.copyOf(text, 2 * used);
    }
    text[used++] = b;
  }

  /** Begins with the first line again. */
  void rewind() {
    cursor = 0;
  }

  /**
   * Points a slice at the next line; valid until this message is begun anew.
   *
   * @return whether there was one
   */
  boolean nextLine(ByteSlice into) {
    if (cursor > used) {
      return false;
    }
    int end = cursor;
    while (end < used && text[end] != '\n') {
      end++;
    }
    into.wrap(text, cursor, end - cursor);
    cursor = end + 1;
    return true;
  }

  void setTime(ByteSlice from) {
    timeLength = Math.min(from.length(), time.length);
    System.arraycopy(from.array(), from.start(), time, 0, timeLength);
  }

  void time(ByteSlice into) {
    into.wrap(time, 0, timeLength);
  }

  void sequence(long number) {
    sequence = number;
  }

  /** Remembers whether the piece that was added last may have been broken where no line ends. */
  void broken(boolean may) {
    broken = may;
  }

  boolean isBroken() {
    return broken;
  }

  /** What goes on with a line looks like one of its own: a client may have seen to that. */
  void doubt() {
    doubted = true;
  }

  boolean isDoubted() {
    return doubted;
  }

  /** Says whether it came with a pause in it, so that it is not over by being quiet. */
  void slow(boolean is) {
    slow = is;
  }

  boolean isSlow() {
    return slow;
  }

  boolean is(Source wanted, int wantedTag, long wantedPid) {
    return source == wanted && tag == wantedTag && pid == wantedPid;
  }

  int tag() {
    return tag;
  }

  Source source() {
    return source;
  }

  long sequence() {
    return sequence;
  }

  long pid() {
    return pid;
  }

  int lines() {
    return lines;
  }

  long offsetBytes() {
    return offsetBytes;
  }

  /** Number of the line of the stream that was added last. */
  long lastLine() {
    return lastLine;
  }

  void touchedBy(long lineNumber) {
    lastLine = lineNumber;
  }

  /** What it occupies, used or not. */
  int capacityBytes() {
    return text.length;
  }

  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }
}
