/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.barman;

import io.walwatch.parse.Backup;
import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupSink;
import io.walwatch.parse.MalformedListException;
import io.walwatch.parse.listing.JsonList;
import io.walwatch.parse.listing.JsonObject;
import io.walwatch.parse.listing.ListTimes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * barman-cloud's {@code barman-cloud-backup-list --format=json}. Its times are those of C's ctime
 * and have no zone: they count as UTC, which the machine that lists should run in; the start time
 * in {@code backup_label}, which names its zone, stands in for nothing here. Newer releases print
 * ISO times with a zone. Sizes are null up to 3.4 at least.
 */
final class BarmanCloudListParser implements BackupListParser {
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH);

  private static final Set<String> WANTED =
      Set.of("backups_list", "backup_id", "begin_time", "end_time", "begin_wal", "size", "status");

  @Override
  public void parse(InputStream output, BackupSink sink) throws IOException {
    List<JsonObject> documents = JsonList.read(output, WANTED::contains);
    if (documents.size() != 1) {
      throw new MalformedListException("the output must be one object with \"backups_list\"");
    }
    for (JsonObject backup : documents.get(0).objects("backups_list")) {
      sink.backup(
          Backup.named(backup.text("backup_id"), BarmanStatus.state(backup.optionalText("status")))
              .started(time(backup, "begin_time"))
              .finished(time(backup, "end_time"))
              .sized(backup.optionalSize("size"))
              .startingAt(backup.optionalText("begin_wal")));
    }
  }

  private static Optional<Instant> time(JsonObject backup, String key) throws IOException {
    Optional<String> text = backup.optionalText(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.parse(text.get().replace("  ", " "), CTIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException notCtime) {
      return Optional.of(ListTimes.parse(text.get()));
    }
  }
}
