/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Framer;
import io.walwatch.parse.Line;
import io.walwatch.parse.PipelineOptions;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What {@code journalctl -o export} writes. Standard output of a unit is PostgreSQL's stderr format
 * line by line; what came through syslog is one message an entry.
 *
 * <p>journald breaks very long lines of standard output in pieces ({@code LineMax=}, 48 KiB) and
 * says so in {@code _LINE_BREAK}. What follows such a piece in the same stream begins no line,
 * whatever a client made it look like.
 */
final class JournalFramer implements Framer {
  static final String NAME = "journal";
  static final String BAD_FIELD = "bad field";

  private static final byte[] MESSAGE = Ascii.bytes("MESSAGE");
  private static final byte[] IDENTIFIER = Ascii.bytes("SYSLOG_IDENTIFIER");
  private static final byte[] PID = Ascii.bytes("_PID");
  private static final byte[] REALTIME = Ascii.bytes("__REALTIME_TIMESTAMP");
  private static final byte[] TRANSPORT = Ascii.bytes("_TRANSPORT");
  private static final byte[] STDOUT = Ascii.bytes("stdout");
  private static final byte[] STREAM = Ascii.bytes("_STREAM_ID");
  private static final byte[] LINE_BREAK = Ascii.bytes("_LINE_BREAK");
  private static final byte[] LINE_MAX = Ascii.bytes("line-max");
  private static final long NOT_CUT = -1;
  private static final int MAX_BROKEN = 64;
  private static final int MICROS_DIGITS = 6;
  private static final int MILLIS_DIGITS = 3;

  private final StderrFramer output;
  private final SyslogMessages syslog;
  private final JournalField field = new JournalField();
  private final Scratch message = new Scratch();
  private final Scratch identifier = new Scratch();
  private final Scratch time = new Scratch();
  private final Line line = new Line();
  private final ByteSlice part = new ByteSlice();
  private final Scratch stream = new Scratch();

  /** Streams whose last line goes on. */
  private final Set<String> broken = new LinkedHashSet<>();

  private long pid = -1;
  private boolean breaks;
  private boolean stdout;
  private boolean open;
  private long startBytes;

  /** Where the last line was cut. */
  private long cutAt = NOT_CUT;

  JournalFramer(PipelineOptions options) {
    output = new StderrFramer(options);
    syslog = new SyslogMessages(options);
  }

  @Override
  public void accept(Line next, RecordHandler handler) {
    ByteSlice text = next.text();
    skipMissing(next, handler);
    if (!field.isOpen() && text.isEmpty()) {
      entry(handler);
      return;
    }
    if (!open) {
      open = true;
      startBytes = next.offsetBytes();
    }
    boolean good = field.accept(text, next.isCut());
    cutAt = next.isCut() ? next.offsetBytes() + text.length() : NOT_CUT;
    boolean whole = good && !field.isOpen() && !next.isCut();
    if (!good) {
      handler.malformed(NAME, BAD_FIELD, next.offsetBytes());
      reset();
    } else if (whole) {
      keep();
    } else if (!field.isOpen()) {
      // What is missing was this field's: its entry goes on.
      handler.malformed(NAME, BAD_FIELD, next.offsetBytes());
    }
  }

  /** A line that is too long is no field's end: what is missing of it has a known length. */
  private void skipMissing(Line next, RecordHandler handler) {
    if (cutAt == NOT_CUT || !field.isOpen()) {
      return;
    }
    if (!field.skip(next.offsetBytes() - 1 - cutAt)) {
      handler.malformed(NAME, BAD_FIELD, cutAt);
      reset();
    } else if (!field.isOpen()) {
      keep();
    }
  }

  private void keep() {
    ByteSlice value = field.value();
    if (field.is(MESSAGE)) {
      message.clear();
      message.append(value, 0, value.length());
    } else if (field.is(IDENTIFIER)) {
      identifier.clear();
      identifier.append(value, 0, value.length());
    } else if (field.is(PID)) {
      pid = Ascii.number(value, 0, value.length());
    } else if (field.is(TRANSPORT)) {
      stdout = value.is(STDOUT);
    } else if (field.is(LINE_BREAK)) {
      breaks = value.startsWith(LINE_MAX);
    } else if (field.is(STREAM)) {
      stream.clear();
      stream.append(value, 0, value.length());
    } else if (field.is(REALTIME) && value.length() > MICROS_DIGITS) {
      int seconds = value.length() - MICROS_DIGITS;
      time.clear();
      time.append(value, 0, seconds);
      time.append((byte) '.');
      time.append(value, seconds, seconds + MILLIS_DIGITS);
    }
  }

  private void entry(RecordHandler handler) {
    if (!open) {
      return;
    }
    message.trimNuls();
    ByteSlice text = message.view();
    if (stdout) {
      if (!goesOn()) {
        syslog.closeAll(handler);
        lines(text, handler);
      }
    } else if (!text.isEmpty()) {
      output.longQuiet(handler);
      syslog.message(identifier.view(), pid, text, time.view(), startBytes, handler);
    }
    reset();
  }

  /** Whether this is the rest of a line that was broken. */
  private boolean goesOn() {
    if (!breaks && broken.isEmpty()) {
      return false;
    }
    String id = stream.view().toString();
    boolean rest = broken.remove(id);
    if (breaks) {
      broken.add(id);
      if (broken.size() > MAX_BROKEN) {
        broken.remove(broken.iterator().next());
      }
    }
    return rest;
  }

  private void lines(ByteSlice text, RecordHandler handler) {
    output.setOuter(-1, time.view());
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf((byte) '\n', from);
      int to = end < 0 ? text.length() : end;
      part.wrap(text, from, to);
      output.accept(
          line.wrap(part.array(), part.start(), part.length(), startBytes, false), handler);
      from = to + 1;
    }
  }

  private void reset() {
    open = false;
    stdout = false;
    breaks = false;
    stream.clear();
    pid = -1;
    field.clear();
    message.clear();
    identifier.clear();
    time.clear();
  }

  @Override
  public void quiet(RecordHandler handler) {
    if (!open) {
      output.quiet(handler);
      syslog.quiet(handler);
    }
  }

  @Override
  public void longQuiet(RecordHandler handler) {
    if (!open) {
      output.longQuiet(handler);
      syslog.closeAll(handler);
    }
  }

  @Override
  public void end(RecordHandler handler) {
    if (field.isOpen()) {
      handler.malformed(NAME, BAD_FIELD, startBytes);
      reset();
    } else {
      entry(handler);
    }
    output.end(handler);
    syslog.closeAll(handler);
  }

  @Override
  public long pendingOffsetBytes() {
    long inner = Math.min(output.pendingOffsetBytes(), syslog.pendingOffsetBytes());
    return open ? Math.min(inner, startBytes) : inner;
  }
}
