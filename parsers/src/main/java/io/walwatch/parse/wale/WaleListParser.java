/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.wale;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupSink;
import io.walwatch.parse.MalformedListException;
import io.walwatch.parse.listing.Excerpt;
import io.walwatch.parse.listing.ListLines;
import io.walwatch.parse.listing.ListSizes;
import io.walwatch.parse.listing.ListTimes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * WAL-E's {@code backup-list [--detail]}: a table with tabs and CRLF, whose first line names the
 * columns. Only backups with a sentinel are listed, so each is a good one. {@code last_modified} is
 * when the sentinel was written: the end of the backup. Sizes are there with {@code --detail} only,
 * and never on file systems.
 */
final class WaleListParser implements BackupListParser {
  private static final String NAME = "name";
  private static final String MODIFIED = "last_modified";
  private static final String SIZE = "expanded_size_bytes";
  private static final String START = "wal_segment_backup_start";

  @Override
  public void parse(InputStream output, BackupSink sink) throws IOException {
    ListLines lines = new ListLines(output);
    List<String> columns = columns(lines);
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (!line.isEmpty()) {
        sink.backup(backup(columns, line));
      }
    }
  }

  /** Warnings may stand before the table; without its first line this is no list. */
  private static List<String> columns(ListLines lines) throws IOException {
    @Nullable String first = null;
    for (String line = lines.next(); line != null; line = lines.next()) {
      List<String> columns = fields(line);
      if (columns.get(0).equals(NAME) && columns.containsAll(List.of(MODIFIED, SIZE, START))) {
        return columns;
      }
      first = first == null ? line : first;
    }
    throw new MalformedListException(
        first == null
            ? "the output is empty"
            : "the output has no line with the columns of backup-list; it begins with \""
                + Excerpt.of(first)
                + "\"");
  }

  private static Backup backup(List<String> columns, String line) throws IOException {
    List<String> fields = fields(line);
    if (fields.size() != columns.size()) {
      throw new MalformedListException(
          "a line has "
              + fields.size()
              + " columns instead of "
              + columns.size()
              + ": \""
              + Excerpt.of(line)
              + "\"");
    }
    String name = fields.get(columns.indexOf(NAME));
    if (name.isEmpty()) {
      throw new MalformedListException("a line has no name: \"" + Excerpt.of(line) + "\"");
    }
    String segment = fields.get(columns.indexOf(START));
    return Backup.named(name, State.OK)
        .finished(Optional.of(ListTimes.parse(fields.get(columns.indexOf(MODIFIED)))))
        .sized(size(fields.get(columns.indexOf(SIZE))))
        .startingAt(Optional.of(segment));
  }

  private static OptionalLong size(String text) throws MalformedListException {
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(ListSizes.parse(text));
  }

  private static List<String> fields(String line) {
    return Arrays.asList(line.split("\t", -1));
  }
}
