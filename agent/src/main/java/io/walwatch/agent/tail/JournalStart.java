/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * From where on a journal is read: behind an entry, or, where none was read yet, from an instant
 * on.
 *
 * @param cursor the journal's own, empty where none is known
 * @param since entries from before it are not wanted
 */
record JournalStart(String cursor, Instant since) {
  /** As many entries as a mebibyte of a log has lines, more or less. */
  private static final int PRIMING_ENTRIES = 4_000;

  /** No cursor of journald's begins so, while journalctl takes an instant that does. */
  private static final String INSTANT = "@";

  /** Reads what {@link #text()} wrote. */
  static JournalStart of(String text) {
    if (!text.startsWith(INSTANT)) {
      return new JournalStart(text, Instant.MIN);
    }
    try {
      long micros = Long.parseLong(text.substring(INSTANT.length()));
      return new JournalStart("", Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    } catch (NumberFormatException e) {
      return new JournalStart("", Instant.MIN);
    }
  }

  /** For the checkpoint. */
  String text() {
    return cursor.isEmpty() && hasInstant()
        ? INSTANT + ChronoUnit.MICROS.between(Instant.EPOCH, since)
        : cursor;
  }

  private boolean hasInstant() {
    return since.isAfter(Instant.EPOCH);
  }

  /**
   * What journalctl is asked for.
   *
   * @param priming whether some of what is older is wanted as well
   */
  List<String> options(boolean priming) {
    if (!cursor.isEmpty()) {
      return List.of("--after-cursor=" + cursor, "--no-tail");
    }
    if (priming) {
      return List.of("--lines=" + PRIMING_ENTRIES);
    }
    return hasInstant()
        ? List.of("--since=" + INSTANT + since.getEpochSecond(), "--no-tail")
        : List.of("--no-tail");
  }
}
