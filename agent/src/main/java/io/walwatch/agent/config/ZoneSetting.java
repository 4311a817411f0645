/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** PostgreSQL's names of time zones, as far as they mean one thing on every host. */
public final class ZoneSetting {
  /** In the time zone database, and not in Java: zones without summer time. */
  private static final Map<String, String> FIXED =
      Map.of("EST", "-05:00", "MST", "-07:00", "HST", "-10:00");

  /** The same zones once more, without leap seconds as all others are. */
  private static final String POSIX_FOLDER = "posix/";

  /** To PostgreSQL a POSIX zone, west of Greenwich; to Java east of it. */
  private static final Pattern POSIX_OFFSET = Pattern.compile("[A-Z]+[+-][0-9:]+");

  private ZoneSetting() {}

  /**
   * The zone with that name.
   *
   * @throws DateTimeException where it has none that is certain, such as {@code localtime}
   */
  public static ZoneId of(String name) {
    String plain = name.startsWith(POSIX_FOLDER) ? name.substring(POSIX_FOLDER.length()) : name;
    String upper = plain.toUpperCase(Locale.ROOT);
    if (POSIX_OFFSET.matcher(upper).matches()) {
      throw new DateTimeException("a POSIX zone: " + name);
    }
    return ZoneId.of(FIXED.getOrDefault(upper, plain));
  }
}
