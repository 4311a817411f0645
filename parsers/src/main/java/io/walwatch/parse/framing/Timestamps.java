/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LastWrite;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of a PostgreSQL log, such as {@code 2026-11-22 09:06:37.476 CET}, and ISO 8601.
 * An abbreviation is no zone (IST is three of them): without the {@code log_timezone} setting only
 * UTC, GMT, Z and numeric offsets count, and what the file's own end proves.
 */
final class Timestamps {
  private final @Nullable ZoneId zone;
  private final Abbreviations abbreviations;

  /**
   * @param zone the server's log_timezone, or null where it is not known
   * @param lastWrite how the file ended, or null where it is none
   */
  Timestamps(@Nullable ZoneId zone, @Nullable LastWrite lastWrite) {
    this.zone = zone;
    this.abbreviations = Abbreviations.of(lastWrite);
  }

  /** The moment, or null where the text is none or its zone cannot be told. */
  @Nullable Instant read(ByteSlice text) {
    if (text.length() < 14) {
      return null;
    }
    try {
      return text.byteAt(4) == '-' ? dateAndTime(text) : epoch(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private @Nullable Instant dateAndTime(ByteSlice text) {
    int at = 19;
    if (text.length() < at) {
      return null;
    }
    int nanos = 0;
    if (at < text.length() && text.byteAt(at) == '.') {
      int scale = 100_000_000;
      for (at++; at < text.length() && Ascii.isDigit(text.byteAt(at)); at++) {
        nanos += (text.byteAt(at) - '0') * scale;
        scale /= 10;
      }
    }
    LocalDateTime local =
        LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19),
            nanos);
    while (at < text.length() && text.byteAt(at) == ' ') {
      at++;
    }
    ZoneId found = zoneOf(text.substring(at, text.length()), local);
    return found == null ? null : local.atZone(found).toInstant();
  }

  /** In the hour that is repeated in autumn the abbreviation tells which of the two it is. */
  private @Nullable ZoneId zoneOf(String name, LocalDateTime local) {
    if (name.equals("UTC") || name.equals("GMT") || name.equals("Z")) {
      return ZoneOffset.UTC;
    }
    if (name.startsWith("+") || name.startsWith("-")) {
      return ZoneOffset.of(name);
    }
    if (zone == null) {
      return abbreviations.offsetOf(name);
    }
    if (name.isEmpty()) {
      return zone;
    }
    return ZoneNames.offsetNamed(zone, name, local);
  }

  private static @Nullable Instant epoch(ByteSlice text) {
    int dot = text.indexOf((byte) '.', 0);
    long seconds = Ascii.number(text, 0, dot);
    long millis = Ascii.number(text, dot + 1, dot + 4);
    return seconds < 0 || millis < 0 ? null : Instant.ofEpochSecond(seconds, millis * 1_000_000);
  }

  private static int number(ByteSlice text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      byte b = text.byteAt(i);
      if (!Ascii.isDigit(b)) {
        throw new DateTimeException("not a digit");
      }
      value = value * 10 + (b - '0');
    }
    return value;
  }
}
