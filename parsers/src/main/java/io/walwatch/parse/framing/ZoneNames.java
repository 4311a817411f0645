/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/** What a zone's abbreviation says about the offset, where the zone itself is known. */
final class ZoneNames {
  private ZoneNames() {}

  /**
   * The offset that applies at a local time; of two (the hour repeated in autumn) the one whose
   * abbreviation is {@code name}, else the earlier moment.
   */
  static ZoneOffset offsetNamed(ZoneId zone, String name, LocalDateTime local) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    if (offsets.size() == 2) {
      boolean summer = name.equals(summerName(zone));
      ZoneOffset first = offsets.get(0);
      boolean firstIsSummer = rules.isDaylightSavings(local.toInstant(first));
      return summer == firstIsSummer ? first : offsets.get(1);
    }
    return rules.getOffset(local);
  }

  /** In English: newer JDKs have no abbreviations in the root locale. */
  private static String summerName(ZoneId zone) {
    String name = TimeZone.getTimeZone(zone).getDisplayName(true, TimeZone.SHORT, Locale.ENGLISH);
    return name.isEmpty() ? zone.getDisplayName(TextStyle.SHORT, Locale.ENGLISH) : name;
  }
}
