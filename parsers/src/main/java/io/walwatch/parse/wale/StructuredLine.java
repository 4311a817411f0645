/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.wale;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.WalFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The last line of each WAL-E record, such as {@code STRUCTURED: time=… pid=… action=push-wal
 * key=s3://… prefix=… rate=… seg=… state=complete}.
 *
 * <p>Values are neither quoted nor escaped (log_help.py, fmt_logline), so a prefix may hold blanks
 * and equal signs: time, pid and action are taken from the left, state, seg and rate from the
 * right, and key ends where the file's own name does.
 */
final class StructuredLine {
  /** Why a line cannot be read; the words of a rejection. */
  static final String BAD_LINE = "bad STRUCTURED line";

  static final String BAD_FILE = "bad file name";

  private static final byte[] TIME = Ascii.bytes("time=");
  private static final byte[] PID = Ascii.bytes(" pid=");
  private static final byte[] ACTION = Ascii.bytes(" action=");
  private static final byte[] KEY = Ascii.bytes(" key=");
  private static final byte[] STATE = Ascii.bytes(" state=");
  private static final byte[] SEG = Ascii.bytes(" seg=");
  private static final byte[] RATE = Ascii.bytes(" rate=");
  private static final int TIME_LENGTH = "2026-11-22T09:03:14".length();

  private @Nullable Instant at;
  private long pid;
  private String action = "";
  private String state = "";
  private @Nullable WalFile file;
  private String key = "";
  private @Nullable Double rateKibPerSecond;

  /**
   * Reads a line.
   *
   * @param from where the text behind {@code STRUCTURED: } begins
   * @return why it cannot be read, or null
   */
  @Nullable String read(ByteSlice line, int from) {
    action = "";
    state = "";
    key = "";
    file = null;
    rateKibPerSecond = null;
    if (!line.startsWith(TIME, from)) {
      return BAD_LINE;
    }
    int timeStart = from + TIME.length;
    int pidAt = line.indexOf(PID, timeStart);
    at = pidAt < 0 ? null : time(line, timeStart, pidAt);
    int pidEnd = pidAt < 0 ? -1 : Ascii.digitsEnd(line, pidAt + PID.length);
    pid = Ascii.number(line, pidAt + PID.length, pidEnd);
    if (at == null || pid < 0) {
      return BAD_LINE;
    }
    if (!line.startsWith(ACTION, pidEnd)) {
      return pidEnd == line.length() || line.byteAt(pidEnd) == ' ' ? null : BAD_LINE;
    }
    return readAction(line, pidEnd + ACTION.length);
  }

  private @Nullable String readAction(ByteSlice line, int actionStart) {
    int keyAt = line.indexOf(KEY, actionStart);
    int segAt = line.lastIndexOf(SEG, line.length());
    if (keyAt < 0 || segAt < keyAt) {
      return BAD_LINE;
    }
    int stateAt = line.lastIndexOf(STATE, line.length());
    int segEnd = stateAt > segAt ? stateAt : line.length();
    String name = line.substring(segAt + SEG.length, segEnd);
    file = WalFile.parse(name);
    if (file == null) {
      return BAD_FILE;
    }
    int keyEnd = line.indexOf(Ascii.bytes("/" + name + ".lzo prefix="), keyAt);
    if (keyEnd < 0 || keyEnd > segAt) {
      return BAD_LINE;
    }
    key = line.substring(keyAt + KEY.length, keyEnd + 1 + name.length() + ".lzo".length());
    action = line.substring(actionStart, keyAt);
    state = stateAt > segAt ? line.substring(stateAt + STATE.length, line.length()) : "";
    return readRate(line, keyEnd, segAt);
  }

  private @Nullable String readRate(ByteSlice line, int keyEnd, int segAt) {
    int rateAt = line.lastIndexOf(RATE, segAt);
    if (rateAt > keyEnd) {
      String text = line.substring(rateAt + RATE.length, segAt);
      // A prefix may hold " rate=" too; a rate is one word.
      rateKibPerSecond = text.indexOf(' ') < 0 ? number(text) : null;
    }
    return null;
  }

  /** Python's {@code %g}: plain, with an exponent, or a word for what is no number. */
  private static @Nullable Double number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) && value >= 0 ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** UTC, with {@code -00} or {@code Z} behind it. */
  private static @Nullable Instant time(ByteSlice line, int from, int to) {
    int fraction = from + TIME_LENGTH;
    if (fraction > to) {
      return null;
    }
    int nanos = 0;
    int at = fraction;
    if (at < to && line.byteAt(at) == '.') {
      int scale = 100_000_000;
      for (at++; at < to && Ascii.isDigit(line.byteAt(at)); at++) {
        nanos += (line.byteAt(at) - '0') * scale;
        scale /= 10;
      }
    }
    String zone = line.substring(at, to);
    if (!zone.equals("-00") && !zone.equals("Z")) {
      return null;
    }
    try {
      return LocalDateTime.of(
              (int) Ascii.number(line, from, from + 4),
              (int) Ascii.number(line, from + 5, from + 7),
              (int) Ascii.number(line, from + 8, from + 10),
              (int) Ascii.number(line, from + 11, from + 13),
              (int) Ascii.number(line, from + 14, from + 16),
              (int) Ascii.number(line, from + 17, from + 19),
              nanos)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  @Nullable Instant at() {
    return at;
  }

  long pid() {
    return pid;
  }

  /** Such as {@code push-wal}; empty where the record has none. */
  String action() {
    return action;
  }

  /** Such as {@code begin}; empty where the record has none. */
  String state() {
    return state;
  }

  /** Not null where there is an action. */
  @Nullable WalFile file() {
    return file;
  }

  /** URL of the object, empty where there is no action. */
  String key() {
    return key;
  }

  @Nullable Double rateKibPerSecond() {
    return rateKibPerSecond;
  }
}
