/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.walg;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupSink;
import io.walwatch.parse.listing.JsonList;
import io.walwatch.parse.listing.JsonObject;
import io.walwatch.parse.listing.ListTimes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * WAL-G's {@code backup-list [--detail] --json} (BackupDetail in its internal/databases/postgres):
 * only backups with a sentinel are listed, so each is a good one. The name of the time has changed
 * once, {@code time} for {@code modified} later. Sizes are there with {@code --detail}, and 0 where
 * an old backup does not tell.
 */
final class WalgListParser implements BackupListParser {
  private static final Set<String> WANTED =
      Set.of(
          "backup_name",
          "modified",
          "time",
          "start_time",
          "finish_time",
          "compressed_size",
          "wal_file_name");

  @Override
  public void parse(InputStream output, BackupSink sink) throws IOException {
    for (JsonObject backup : JsonList.read(output, WANTED::contains)) {
      sink.backup(backup(backup));
    }
  }

  private static Backup backup(JsonObject backup) throws IOException {
    Optional<Instant> finished = time(backup, "finish_time");
    OptionalLong size = backup.optionalSize("compressed_size");
    return Backup.named(backup.text("backup_name"), State.OK)
        .started(time(backup, "start_time"))
        .finished(finished.isPresent() ? finished : Optional.of(modified(backup)))
        .sized(size.orElse(0) == 0 ? OptionalLong.empty() : size)
        .startingAt(backup.optionalText("wal_file_name"));
  }

  private static Instant modified(JsonObject backup) throws IOException {
    return ListTimes.parse(backup.text(backup.has("modified") ? "modified" : "time"));
  }

  /** Go prints a time that is not set as the year 1. */
  private static Optional<Instant> time(JsonObject backup, String key) throws IOException {
    Optional<String> text = backup.optionalText(key).filter(time -> !time.startsWith("0001-"));
    return text.isPresent() ? Optional.of(ListTimes.parse(text.get())) : Optional.empty();
  }
}
