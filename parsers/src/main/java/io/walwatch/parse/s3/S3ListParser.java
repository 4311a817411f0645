/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.s3;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupSink;
import io.walwatch.parse.MalformedListException;
import io.walwatch.parse.listing.Excerpt;
import io.walwatch.parse.listing.ListLines;
import io.walwatch.parse.listing.ListSizes;
import io.walwatch.parse.listing.ListTimes;
import io.walwatch.parse.listing.WalStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A line for each object: key, time of the last change and size, with tabs; {@code None} stands for
 * a page without objects. Without a layout each object is a backup; with that of WAL-E or WAL-G the
 * base backups and the WAL are found from the keys.
 */
final class S3ListParser implements BackupListParser {
  static final String FILES = "files";

  private final String layout;
  private final @Nullable WalStore store;

  S3ListParser(String layout) {
    this.layout = layout;
    store = WalStore.LAYOUTS.contains(layout) ? new WalStore() : null;
  }

  @Override
  public void parse(InputStream output, BackupSink sink) throws IOException {
    if (store == null && !layout.equals(FILES)) {
      throw new MalformedListException(
          "layout \"" + Excerpt.of(layout) + "\" is none of files, wal-e and wal-g");
    }
    ListLines lines = new ListLines(output);
    boolean any = false;
    for (String line = lines.next(); line != null; line = lines.next()) {
      any = true;
      if (!line.isEmpty() && !line.equals("None")) {
        object(line, sink);
      }
    }
    if (!any) {
      throw new MalformedListException("the output is empty");
    }
  }

  private void object(String line, BackupSink sink) throws IOException {
    int last = line.lastIndexOf('\t');
    int middle = last < 1 ? -1 : line.lastIndexOf('\t', last - 1);
    if (middle < 1) {
      throw new MalformedListException(
          "a line is not key, time and size: \"" + Excerpt.of(line) + "\"");
    }
    String key = line.substring(0, middle);
    Instant changed = ListTimes.parse(line.substring(middle + 1, last));
    long bytes = ListSizes.parse(line.substring(last + 1));
    sink.stored(bytes);
    if (store != null) {
      store.object(key, changed, bytes, sink);
    } else if (!key.endsWith("/")) {
      sink.backup(
          Backup.named(key, bytes == 0 ? State.FAILED : State.OK)
              .finished(Optional.of(changed))
              .sized(OptionalLong.of(bytes)));
    }
  }

  @Override
  public void end(BackupSink sink) {
    if (store != null) {
      store.end(sink);
    }
  }
}
