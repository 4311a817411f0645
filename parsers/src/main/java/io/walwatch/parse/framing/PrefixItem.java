/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import java.util.Arrays;

/** One part of a {@code log_line_prefix}. */
final class PrefixItem {
  /** The escapes of log_line_prefix, by what they look like in the line. */
  enum Kind {
    LITERAL,
    /** {@code %t %m}: date, time and zone. */
    TIME,
    /** {@code %s}: when the process started, which looks the same and is no record's time. */
    START,
    /** {@code %n}: seconds since 1970. */
    EPOCH,
    /** {@code %p}. */
    PID,
    /** {@code %u}. */
    USER,
    /** {@code %d %a %r %h %i}: empty unless a client is connected. */
    CLIENT_TEXT,
    /** {@code %b}. */
    BACKEND_TYPE,
    /** {@code %e}. */
    SQL_STATE,
    /** {@code %l %x %v %c %Q %P}: hexadecimal digits, dots, slashes, perhaps none. */
    TOKEN,
    /** {@code %L}: the address that a client used, or a word where there is none. */
    TEXT,
    /** {@code %q}: processes without a client stop here. */
    QUIT
  }

  private static final byte[] NOTHING = new byte[0];
  private static final int DATE_TIME_LENGTH = "2026-11-22 09:06:37".length();
  private static final int MAX_PID_DIGITS = 10;

  private final Kind kind;
  private final byte[] literal;

  /**
   * As in {@code %10p}: filled up with blanks on the left, or where it is negative on the right.
   */
  private final int width;

  private final long beginning;
  private final long beginningMask;

  private PrefixItem(Kind kind, byte[] literal, int width) {
    this.kind = kind;
    this.literal = literal;
    this.width = width;
    this.beginning = Longs.at(Arrays.copyOf(literal, Long.BYTES), 0);
    this.beginningMask = Longs.maskOf(literal.length);
  }

  static PrefixItem literal(byte[] bytes) {
    return new PrefixItem(Kind.LITERAL, bytes, 0);
  }

  static PrefixItem of(Kind kind) {
    return of(kind, 0);
  }

  static PrefixItem of(Kind kind, int width) {
    return new PrefixItem(kind, NOTHING, width);
  }

  /** Whether blanks may fill it up. */
  boolean isPadded() {
    return width != 0;
  }

  /** The first byte of a literal. */
  byte first() {
    return literal[0];
  }

  /**
   * Where a literal ends that stands at an index of an array which has eight bytes there, or -1.
   *
   * @param end of the line
   */
  int literalEnd(byte[] array, int from, int end) {
    int to = from + literal.length;
    if (to > end || (Longs.at(array, from) & beginningMask) != beginning) {
      return -1;
    }
    boolean all =
        literal.length <= Long.BYTES || Arrays.equals(array, from, to, literal, 0, literal.length);
    return all ? to : -1;
  }

  Kind kind() {
    return kind;
  }

  /** Where the text of this item begins when it stands at {@code from}, behind what fills it up. */
  int textStart(ByteSlice line, int from) {
    // What the lines look like tells no width.
    boolean isUnknown = kind == Kind.PID && width == 0;
    int last = isUnknown ? line.length() : Math.min(line.length(), from + Math.max(0, width));
    int at = from;
    while (at < last && line.byteAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /**
   * Where this item ends when it stands at {@code from} and its text ends at {@code textEnd}, or -1
   * where what fills it up is missing.
   */
  int paddedEnd(ByteSlice line, int from, int textEnd) {
    int end = Math.max(textEnd, from + Math.abs(width));
    if (end > line.length() || (width > 0 && end > textEnd)) {
      return -1;
    }
    for (int i = textEnd; i < end; i++) {
      if (line.byteAt(i) != ' ') {
        return -1;
      }
    }
    return end;
  }

  /**
   * Where the text of this item would end when it stands at {@code from}, or -1. Only for items
   * whose end their own bytes tell.
   */
  int end(ByteSlice line, int from) {
    return switch (kind) {
      case LITERAL -> line.startsWith(literal, from) ? from + literal.length : -1;
      case TIME, START -> timeEnd(line, from);
      case EPOCH -> epochEnd(line, from);
      case PID -> digitsEnd(line, from, 1, MAX_PID_DIGITS);
      case SQL_STATE -> sqlStateEnd(line, from);
      case TOKEN -> tokenEnd(line, from);
      case USER, CLIENT_TEXT, BACKEND_TYPE, TEXT, QUIT -> -1;
    };
  }

  private static int timeEnd(ByteSlice line, int from) {
    int at = from + DATE_TIME_LENGTH;
    if (at >= line.length()
        || line.byteAt(from + 4) != '-'
        || line.byteAt(from + 7) != '-'
        || line.byteAt(from + 10) != ' '
        || line.byteAt(from + 13) != ':'
        || line.byteAt(from + 16) != ':'
        || digitsEnd(line, from, 4, 4) != from + 4) {
      return -1;
    }
    if (line.byteAt(at) == '.') {
      at = digitsEnd(line, at + 1, 3, 3);
      if (at < 0) {
        return -1;
      }
    }
    return at < line.length() && line.byteAt(at) == ' ' ? zoneEnd(line, at + 1) : -1;
  }

  /**
   * Whether the text of a time at {@code from} tells the record's time better than one kept from
   * another part of the line. A prefix that was learned does not tell the start of the process from
   * the time of the record; the start is never the later one.
   */
  static boolean isBetterTime(ByteSlice line, int from, ByteSlice kept) {
    if (kept.isEmpty()) {
      return true;
    }
    if (kept.byteAt(4) != '-') {
      return false; // %n, which is always the record's
    }
    for (int i = 0; i < DATE_TIME_LENGTH; i++) {
      int order = line.byteAt(from + i) - kept.byteAt(i);
      if (order != 0) {
        return order > 0;
      }
    }
    return true;
  }

  /** An abbreviation such as CEST, or an offset such as +0530 where the zone has none. */
  private static int zoneEnd(ByteSlice line, int from) {
    int at = from;
    if (at < line.length() && (line.byteAt(at) == '+' || line.byteAt(at) == '-')) {
      return digitsEnd(line, at + 1, 2, 6);
    }
    while (at < line.length() && isLetter(line.byteAt(at))) {
      at++;
    }
    return at == from ? -1 : at;
  }

  private static int epochEnd(ByteSlice line, int from) {
    int at = digitsEnd(line, from, 9, 11);
    return at >= 0 && at < line.length() && line.byteAt(at) == '.'
        ? digitsEnd(line, at + 1, 3, 3)
        : -1;
  }

  private static int sqlStateEnd(ByteSlice line, int from) {
    int end = from + 5;
    if (end > line.length()) {
      return -1;
    }
    for (int i = from; i < end; i++) {
      byte b = line.byteAt(i);
      if (!Ascii.isDigit(b) && (b < 'A' || b > 'Z')) {
        return -1;
      }
    }
    return end;
  }

  private static int tokenEnd(ByteSlice line, int from) {
    int at = from < line.length() && line.byteAt(from) == '-' ? from + 1 : from;
    while (at < line.length() && isToken(line.byteAt(at))) {
      at++;
    }
    return at;
  }

  private static int digitsEnd(ByteSlice line, int from, int min, int max) {
    int at = from;
    int end = Math.min(line.length(), from + max);
    while (at < end && Ascii.isDigit(line.byteAt(at))) {
      at++;
    }
    return at - from >= min ? at : -1;
  }

  private static boolean isToken(byte b) {
    return Ascii.isDigit(b) || (b >= 'a' && b <= 'f') || b == '.' || b == '/';
  }

  private static boolean isLetter(byte b) {
    return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
  }
}
