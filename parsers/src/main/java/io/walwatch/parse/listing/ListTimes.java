/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import io.walwatch.parse.MalformedListException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Times as listing tools print them. */
public final class ListTimes {
  /** {@code 2026-11-22T09:07:02.000Z}, {@code 2026-11-22 09:28:09 +0000} and all between. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendLiteral(' ')
          .optionalEnd()
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT);

  private ListTimes() {}

  /**
   * A time with its zone, or in UTC where it has none (WAL-E on file systems).
   *
   * @throws MalformedListException when it is no time
   */
  public static Instant parse(String text) throws MalformedListException {
    try {
      TemporalAccessor time = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      return time instanceof OffsetDateTime offset
          ? offset.toInstant()
          : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new MalformedListException("\"" + Excerpt.of(text) + "\" is not a time");
    }
  }

  /**
   * Seconds since 1970.
   *
   * @throws MalformedListException when that is no moment of this era
   */
  public static Instant ofSeconds(long seconds) throws MalformedListException {
    if (seconds < 0 || seconds > 1L << 36) {
      throw new MalformedListException(seconds + " is not a time in seconds since 1970");
    }
    return Instant.ofEpochSecond(seconds);
  }
}
