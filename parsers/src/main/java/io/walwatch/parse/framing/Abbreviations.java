/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.LastWrite;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What abbreviations of time zones mean in one file, by its last line: that was written when the
 * file was modified last, so only one of the zones that share an abbreviation can be meant. A file
 * that was copied without its time, or whose last line has no time, proves nothing.
 */
final class Abbreviations {
  /** What a file system's clock and the server's may differ, and how late a line may come. */
  private static final Duration EARLY = Duration.ofSeconds(2);

  private static final Duration LATE = Duration.ofSeconds(30);

  /** At the start of the line only: further behind may stand what a client wrote. */
  private static final Pattern TIME =
      Pattern.compile(
          "(?:\\{\"timestamp\":\"|[<\\[( ]{0,2})"
              + "([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\\.[0-9]{3})?"
              + " ([A-Za-z]{2,5})");

  private static final int MINUTES_PER_HOUR = 60;
  private static final int SECONDS_PER_MINUTE = 60;

  /** Minutes east of Greenwich, after tzdata's abbreviations that are in use since 2010. */
  private static final Map<String, List<Integer>> MINUTES =
      Map.ofEntries(
          Map.entry("WET", List.of(0)),
          Map.entry("WEST", List.of(60)),
          Map.entry("BST", List.of(60, 660)),
          Map.entry("IST", List.of(60, 120, 330)),
          Map.entry("IDT", List.of(180)),
          Map.entry("CET", List.of(60)),
          Map.entry("CEST", List.of(120)),
          Map.entry("MET", List.of(60)),
          Map.entry("MEST", List.of(120)),
          Map.entry("EET", List.of(120)),
          Map.entry("EEST", List.of(180)),
          Map.entry("MSK", List.of(180, 240)),
          Map.entry("WAT", List.of(60)),
          Map.entry("CAT", List.of(120)),
          Map.entry("SAST", List.of(120)),
          Map.entry("EAT", List.of(180)),
          Map.entry("PKT", List.of(300)),
          Map.entry("WIB", List.of(420)),
          Map.entry("WITA", List.of(480)),
          Map.entry("WIT", List.of(540)),
          Map.entry("HKT", List.of(480)),
          Map.entry("JST", List.of(540)),
          Map.entry("KST", List.of(510, 540)),
          Map.entry("AWST", List.of(480)),
          Map.entry("ACST", List.of(570)),
          Map.entry("ACDT", List.of(630)),
          Map.entry("AEST", List.of(600)),
          Map.entry("AEDT", List.of(660)),
          Map.entry("NZST", List.of(720)),
          Map.entry("NZDT", List.of(780)),
          Map.entry("ChST", List.of(600)),
          Map.entry("SST", List.of(-660)),
          Map.entry("NST", List.of(-210)),
          Map.entry("NDT", List.of(-150)),
          Map.entry("AST", List.of(-240)),
          Map.entry("ADT", List.of(-180)),
          Map.entry("EST", List.of(-300)),
          Map.entry("EDT", List.of(-240)),
          Map.entry("CST", List.of(-360, -300, 480)),
          Map.entry("CDT", List.of(-300, -240)),
          Map.entry("MST", List.of(-420)),
          Map.entry("MDT", List.of(-360)),
          Map.entry("PST", List.of(-480, 480)),
          Map.entry("PDT", List.of(-420)),
          Map.entry("AKST", List.of(-540)),
          Map.entry("AKDT", List.of(-480)),
          Map.entry("HST", List.of(-600)),
          Map.entry("HDT", List.of(-540)));

  private final String name;
  private final @Nullable Integer minutes;

  private Abbreviations(String name, @Nullable Integer minutes) {
    this.name = name;
    this.minutes = minutes;
  }

  /** What the end of a file proves. */
  static Abbreviations of(@Nullable LastWrite lastWrite) {
    Matcher matcher = TIME.matcher(lastWrite == null ? "" : lastWrite.lastLine());
    if (lastWrite == null || !matcher.lookingAt()) {
      return new Abbreviations("", null);
    }
    String name = matcher.group(3);
    try {
      LocalDateTime local = LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2));
      for (int candidate : MINUTES.getOrDefault(name, List.of())) {
        Duration late = Duration.between(local.toInstant(offset(candidate)), lastWrite.at());
        if (late.compareTo(EARLY.negated()) >= 0 && late.compareTo(LATE) <= 0) {
          return new Abbreviations(name, candidate);
        }
      }
    } catch (DateTimeException ignored) {
      // Digits that are no time: as good as none.
    }
    return new Abbreviations("", null);
  }

  /**
   * The offset that an abbreviation stands for, or null. Besides the one that was checked, its
   * summer or winter brother is known: the one that is an hour away.
   */
  @Nullable ZoneOffset offsetOf(String wanted) {
    if (minutes == null) {
      return null;
    }
    if (wanted.equals(name)) {
      return offset(minutes);
    }
    ZoneOffset found = null;
    for (int candidate : MINUTES.getOrDefault(wanted, List.of())) {
      if (Math.abs(candidate - minutes) == MINUTES_PER_HOUR) {
        if (found != null) {
          return null;
        }
        found = offset(candidate);
      }
    }
    return found;
  }

  private static ZoneOffset offset(int minutes) {
    return ZoneOffset.ofTotalSeconds(minutes * SECONDS_PER_MINUTE);
  }
}
