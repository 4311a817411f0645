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
import org.jspecify.annotations.Nullable;

/** What a zone's abbreviation says about the offset, where the zone itself is known. */
final class ZoneNames {
  private ZoneNames() {}

  /**
   * The offset that applies at a local time; of two (the hour repeated in autumn) the one whose
   * abbreviation is {@code name}, or null where neither has it.
   */
  static @Nullable ZoneOffset offsetNamed(ZoneId zone, String name, LocalDateTime local) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    if (offsets.size() == 2) {
      boolean summer = name.equals(nameOf(zone, true));
      if (!summer && !name.equals(nameOf(zone, false))) {
        return null;
      }
      ZoneOffset first = offsets.get(0);
      boolean firstIsSummer = rules.isDaylightSavings(local.toInstant(first));
      return summer == firstIsSummer ? first : offsets.get(1);
    }
    return rules.getOffset(local);
  }

  /** In English: newer JDKs have no abbreviations in the root locale. */
  private static String nameOf(ZoneId zone, boolean summer) {
    String name = TimeZone.getTimeZone(zone).getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH);
    return name.isEmpty() ? zone.getDisplayName(TextStyle.SHORT, Locale.ENGLISH) : name;
  }
}
