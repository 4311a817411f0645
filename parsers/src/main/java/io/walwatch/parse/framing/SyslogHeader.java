/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;

/**
 * The head of a syslog line, in the shapes that rsyslog writes: traditional ({@code Nov 22 09:03:14
 * host tag[pid]: }), with an ISO time, RFC 5424, and as received ({@code <14>tag: }).
 */
final class SyslogHeader {
  private static final int MAX_WORD_BYTES = 255;
  private static final byte[] MONTHS = Ascii.bytes("JanFebMarAprMayJunJulAugSepOctNovDec");

  final ByteSlice time = new ByteSlice();
  private int tagStart;
  private int tagEnd;
  private long pid;
  private int payloadStart;

  /** Reads a line; the rest is meaningful only when the answer is true. */
  boolean read(ByteSlice line) {
    time.clear();
    pid = -1;
    int at = priorityEnd(line);
    if (at > 0 && at + 1 < line.length() && line.byteAt(at) == '1' && line.byteAt(at + 1) == ' ') {
      return readRfc5424(line, at + 2);
    }
    boolean priority = at > 0;
    int afterTime = timeEnd(line, at);
    if (afterTime < 0) {
      return priority && readTag(line, at);
    }
    // What arrives on /dev/log has no host; a word that is a tag is taken for one.
    if (priority && looksLikeTag(line, afterTime)) {
      return readTag(line, afterTime);
    }
    int hostEnd = wordEnd(line, afterTime);
    return hostEnd > afterTime && hostEnd < line.length() && readTag(line, hostEnd + 1);
  }

  /** APP-NAME, PROCID, MSGID and STRUCTURED-DATA are {@code -} where there is nothing. */
  private boolean readRfc5424(ByteSlice line, int from) {
    int timeEnd = isoEnd(line, from);
    int host = timeEnd < 0 ? -1 : wordEnd(line, timeEnd + 1);
    if (timeEnd < 0 || host <= timeEnd + 1) {
      return false;
    }
    time.wrap(line, from, timeEnd);
    tagStart = Math.min(host + 1, line.length());
    tagEnd = wordEnd(line, tagStart);
    int procStart = Math.min(tagEnd + 1, line.length());
    int procEnd = wordEnd(line, procStart);
    pid = Ascii.number(line, procStart, procEnd);
    int idEnd = wordEnd(line, Math.min(procEnd + 1, line.length()));
    int dataEnd = structuredDataEnd(line, idEnd + 1);
    if (dataEnd < 0) {
      return false;
    }
    // The message has the blank that stood behind the tag.
    payloadStart = dataEnd;
    for (int i = 0; i < 2 && payloadStart < line.length() && blankAt(line, payloadStart); i++) {
      payloadStart++;
    }
    payloadStart = ByteOrderMark.end(line, payloadStart);
    return true;
  }

  private static int structuredDataEnd(ByteSlice line, int from) {
    if (from >= line.length()) {
      return -1;
    }
    if (line.byteAt(from) == '-') {
      return from + 1;
    }
    int at = from;
    while (at < line.length() && line.byteAt(at) == '[') {
      int end = line.indexOf((byte) ']', at);
      while (end > 0 && line.byteAt(end - 1) == '\\') {
        end = line.indexOf((byte) ']', end + 1);
      }
      if (end < 0) {
        return -1;
      }
      at = end + 1;
    }
    return at == from ? -1 : at;
  }

  /** A tag ends in a colon, perhaps behind a pid; WAL-E's logger name has none. */
  private boolean readTag(ByteSlice line, int from) {
    tagStart = from;
    if (line.startsWith(WaleRecord.LOGGER, from)) {
      tagEnd = wordEnd(line, from);
      payloadStart = tagEnd;
      return true;
    }
    int at = from;
    int end = Math.min(line.length(), from + MAX_WORD_BYTES);
    while (at < end && isTagByte(line.byteAt(at))) {
      at++;
    }
    tagEnd = at;
    if (at < end && line.byteAt(at) == '[') {
      int close = Ascii.digitsEnd(line, at + 1);
      pid = Ascii.number(line, at + 1, close);
      at = close < line.length() && line.byteAt(close) == ']' ? close + 1 : at;
    }
    if (tagEnd == from || at >= line.length() || line.byteAt(at) != ':') {
      return false;
    }
    payloadStart = at + 1;
    if (payloadStart < line.length() && blankAt(line, payloadStart)) {
      payloadStart++;
    }
    return true;
  }

  private static boolean looksLikeTag(ByteSlice line, int from) {
    int end = wordEnd(line, from);
    return line.startsWith(WaleRecord.LOGGER, from) || (end > from && line.byteAt(end - 1) == ':');
  }

  private static int priorityEnd(ByteSlice line) {
    if (line.length() < 3 || line.byteAt(0) != '<') {
      return 0;
    }
    int end = Ascii.digitsEnd(line, 1);
    boolean closed = end > 1 && end <= 4 && end < line.length() && line.byteAt(end) == '>';
    return closed ? end + 1 : 0;
  }

  /** Where the text behind the time and its blank begins, or -1. */
  private int timeEnd(ByteSlice line, int from) {
    int end = isoEnd(line, from);
    if (end < 0 && isTraditional(line, from)) {
      end = from + "Nov 22 09:03:14".length();
    }
    if (end < 0 || end >= line.length() || !blankAt(line, end)) {
      return -1;
    }
    time.wrap(line, from, end);
    return end + 1;
  }

  private static boolean isTraditional(ByteSlice line, int from) {
    return from + 15 < line.length()
        && line.byteAt(from + 3) == ' '
        && line.byteAt(from + 6) == ' '
        && line.byteAt(from + 9) == ':'
        && line.byteAt(from + 12) == ':'
        && Ascii.isDigit(line.byteAt(from + 5))
        && isMonth(line, from);
  }

  private static boolean isMonth(ByteSlice line, int from) {
    for (int i = 0; i < MONTHS.length; i += 3) {
      if (line.byteAt(from) == MONTHS[i]
          && line.byteAt(from + 1) == MONTHS[i + 1]
          && line.byteAt(from + 2) == MONTHS[i + 2]) {
        return true;
      }
    }
    return false;
  }

  /** Where a time such as 2026-11-22T09:08:24.722726+00:00 ends, or -1. */
  static int isoEnd(ByteSlice line, int from) {
    int at = from + "2026-11-22T09:08:24".length();
    if (at >= line.length()
        || line.byteAt(from + 10) != 'T'
        || line.byteAt(from + 4) != '-'
        || line.byteAt(from + 13) != ':'
        || Ascii.digitsEnd(line, from) != from + 4) {
      return -1;
    }
    if (line.byteAt(at) == '.') {
      at = Ascii.digitsEnd(line, at + 1);
    }
    if (at < line.length() && line.byteAt(at) == 'Z') {
      return at + 1;
    }
    boolean zoned =
        at + 6 <= line.length()
            && (line.byteAt(at) == '+' || line.byteAt(at) == '-')
            && line.byteAt(at + 3) == ':';
    return zoned ? at + 6 : -1;
  }

  private static int wordEnd(ByteSlice line, int from) {
    int at = from;
    while (at < line.length() && line.byteAt(at) > ' ') {
      at++;
    }
    return at;
  }

  private static boolean isTagByte(byte b) {
    return b > ' ' && b != ':' && b != '[';
  }

  private static boolean blankAt(ByteSlice line, int at) {
    return line.byteAt(at) == ' ';
  }

  int tagStart() {
    return tagStart;
  }

  int tagEnd() {
    return tagEnd;
  }

  /** Process id, or -1. */
  long pid() {
    return pid;
  }

  int payloadStart() {
    return payloadStart;
  }

  /** Whether the tag is the name of one of WAL-E's loggers. */
  boolean isWale(ByteSlice line) {
    return line.startsWith(WaleRecord.LOGGER, tagStart);
  }
}
