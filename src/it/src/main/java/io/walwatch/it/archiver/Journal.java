/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.archiver;

import java.util.List;
import java.util.function.Predicate;

/**
 * The truth about the archiver's runs up to one moment: it does not come from any log, and not from
 * walwatch.
 *
 * @param entries the runs, in order
 */
public record Journal(List<JournalEntry> entries) {
  public Journal {
    entries = List.copyOf(entries);
  }

  /** How many runs ended like this: {@code stored}, {@code exit 1}, {@code signal 9}. */
  public long count(String outcome) {
    return count(entry -> entry.outcome().equals(outcome));
  }

  /** How many runs there are of which this holds. */
  public long count(Predicate<JournalEntry> predicate) {
    return entries.stream().filter(predicate).count();
  }

  /** How many runs wrote WAL-E's begin record. */
  public long begun() {
    return count(JournalEntry::begun);
  }

  /** How many runs stored their file. */
  public long stored() {
    return count(JournalEntry::stored);
  }
}
