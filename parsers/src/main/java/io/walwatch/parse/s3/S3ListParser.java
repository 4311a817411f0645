/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.s3;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupSink;
import io.walwatch.parse.MalformedListException;
import io.walwatch.parse.listing.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A bucket without a layout: each object is a backup, and one without a byte a failed one. */
final class S3ListParser implements BackupListParser {
  static final String FILES = "files";

  private final String layout;

  S3ListParser(String layout) {
    this.layout = layout;
  }

  @Override
  public void parse(InputStream output, BackupSink sink) throws IOException {
    if (!layout.equals(FILES)) {
      throw new MalformedListException(
          "layout \"" + Excerpt.of(layout) + "\" is none of files, wal-e and wal-g");
    }
    S3Objects.read(output, (key, changed, bytes) -> object(key, changed, bytes, sink));
  }

  private static void object(String key, Instant changed, long bytes, BackupSink sink) {
    sink.stored(bytes);
    if (!key.endsWith("/")) {
      sink.backup(
          Backup.named(key, bytes == 0 ? State.FAILED : State.OK)
              .finished(Optional.of(changed))
              .sized(OptionalLong.of(bytes)));
    }
  }
}
