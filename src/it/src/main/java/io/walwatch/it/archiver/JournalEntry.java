/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.archiver;

import java.util.List;

/**
 * One run of the archiver, as it wrote it down itself.
 *
 * @param time when it ended, ISO 8601 in UTC without a zone
 * @param pid its process
 * @param file what PostgreSQL asked it to store
 * @param mode what it was told to do
 * @param begun whether it wrote WAL-E's begin record
 * @param outcome {@code stored}, {@code exit N} or {@code signal N}
 */
public record JournalEntry(
    String time, long pid, String file, String mode, boolean begun, String outcome) {

  /** Reads one line. */
  public static JournalEntry parse(String line) {
    List<String> fields = List.of(line.split("\t", -1));
    if (fields.size() != 6) {
      throw new IllegalArgumentException("not a line of the archiver's journal: " + line);
    }
    return new JournalEntry(
        fields.get(0),
        Long.parseLong(fields.get(1)),
        fields.get(2),
        fields.get(3),
        fields.get(4).equals("1"),
        fields.get(5));
  }

  /** Whether the file was stored and the archiver succeeded. */
  public boolean stored() {
    return outcome.equals("stored");
  }
}
