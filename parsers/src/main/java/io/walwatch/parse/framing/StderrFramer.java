/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.Framer;
import io.walwatch.parse.Line;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.framing.StderrMessages.Place;

/**
 * PostgreSQL's stderr format, and between its lines those of others. The log collector writes each
 * message whole (syslogger.c puts its pieces together by process id). Without one the server writes
 * it at once (elog.c, write_console), but a pipe takes 4 KiB at a time, and who reads the pipe may
 * pass on line by line. So where the prefix shows the process, the lines of a message are put
 * together by that, and what lies between them is read after it. Elsewhere a line of somebody else
 * ends a message.
 *
 * <p>A message is over when its process begins another one, when {@link LinesBehind} holds as many
 * lines of others as it may, or when the stream is quiet: after a moment, unless the message lacks
 * what decides about it, else after {@link #longQuiet}. One whose detail came late is awaited so to
 * its end: its context, which would refute it, may come as late.
 */
public final class StderrFramer implements Framer {
  /**
   * PostgreSQL 17.0 to 17.2 do not cut a client's names; what stands behind a torn one is the
   * client's up to here (MAX_STARTUP_PACKET).
   */
  private static final int MAX_TORN_BYTES = 10_000;

  private final StderrMessages messages;
  private final LinesBehind behind = new LinesBehind();
  private final Line waiting = new Line();
  private final Scratch outerTime = new Scratch();
  private long outerPid = -1;

  /** The line before, in the server's stream, is one of the open message. */
  private boolean adjacent;

  /** The open message came with a pause in it: it is not over by being quiet. */
  private boolean slow;

  private long tornFrom;
  private long tornTo;

  /** Reads a stream from its first line on. */
  public StderrFramer(PipelineOptions options) {
    messages = new StderrMessages(options, false);
  }

  /** What an outer framing tells about the lines that follow; a prefix that tells goes before. */
  void setOuter(long pid, ByteSlice time) {
    outerPid = pid;
    outerTime.clear();
    outerTime.append(time, 0, time.length());
    messages.setOuter(pid, outerTime.view());
  }

  @Override
  public void accept(Line line, RecordHandler handler) {
    if (!messages.isOfKnownProcess()) {
      messages.accept(line, handler);
      adjacent = true;
      return;
    }
    Place place = placeOf(line);
    if (place == Place.PART) {
      messages.accept(line, handler);
      return;
    }
    behind.add(line, outerPid, outerTime.view(), false);
    if (place == Place.NEXT || behind.isFull()) {
      over(handler);
    }
  }

  /** A line of another stream beside the server's: a program's, whatever it looks like. */
  void output(Line line, RecordHandler handler) {
    if (!messages.isOfKnownProcess()) {
      messages.flush(handler);
      messages.output(line, handler);
      return;
    }
    behind.add(line, outerPid, outerTime.view(), true);
    if (behind.isFull()) {
      over(handler);
    }
  }

  /** What a line is to the open message, and so what a TAB line behind it is. */
  private Place placeOf(Line line) {
    ByteSlice text = line.text();
    long offset = line.offsetBytes();
    if (!text.isEmpty() && text.byteAt(0) == '\t') {
      return adjacent ? Place.PART : Place.OF_ANOTHER;
    }
    boolean doubted = offset > tornFrom && offset < tornTo;
    Place place = messages.placeOf(line, doubted);
    if (place == Place.TORN) {
      tornFrom = doubted ? tornFrom : offset;
      tornTo = offset + MAX_TORN_BYTES;
    }
    if (adjacent && (place == Place.TORN || place == Place.RAW)) {
      messages.noteBehind(text, offset);
    }
    adjacent = place == Place.PART;
    return place;
  }

  /** The open message is over; what waits behind it is read, up to the next that is not over. */
  private void over(RecordHandler handler) {
    slow = false;
    messages.flush(handler);
    while (behind.count() > 0 && !messages.isOfKnownProcess()) {
      readFirst(handler);
      if (messages.isOfKnownProcess() && findsEnd(handler)) {
        messages.flush(handler);
      }
    }
    messages.setOuter(outerPid, outerTime.view());
  }

  private void readFirst(RecordHandler handler) {
    behind.get(0, waiting);
    messages.setOuter(behind.pid(0), behind.time(0));
    if (behind.isOutput(0)) {
      messages.flush(handler);
      messages.output(waiting, handler);
    } else {
      messages.accept(waiting, handler);
    }
    behind.remove(0);
    adjacent = true;
  }

  /** Takes the parts of a message that has just begun; whether it is seen to be over. */
  private boolean findsEnd(RecordHandler handler) {
    int index = 0;
    while (index < behind.count()) {
      Place place = behind.isOutput(index) ? Place.RAW : placeOf(behind.get(index, waiting));
      if (place == Place.NEXT) {
        return true;
      }
      if (place == Place.PART) {
        messages.accept(waiting, handler);
        behind.remove(index);
      } else {
        index++;
      }
    }
    return false;
  }

  @Override
  public void quiet(RecordHandler handler) {
    slow = slow || messages.isAwaited(handler);
    while (messages.isOpen() && !slow) {
      over(handler);
      slow = messages.isAwaited(handler);
    }
  }

  @Override
  public void longQuiet(RecordHandler handler) {
    while (messages.isOpen()) {
      over(handler);
    }
  }

  @Override
  public void end(RecordHandler handler) {
    longQuiet(handler);
  }

  @Override
  public long pendingOffsetBytes() {
    return messages.pendingOffsetBytes();
  }
}
