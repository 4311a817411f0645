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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Barman's {@code -f json list-backup} and {@code -f json show-backup}: an object with a key for
 * each server, beside what Barman had to say meanwhile. Each server is a volume. Times are taken
 * from the {@code …_timestamp} keys, since the readable ones have no zone.
 */
final class BarmanListParser implements BackupListParser {
  /** Keys of JsonOutputWriter in barman/output.py for messages; they name no server. */
  private static final Set<String> MESSAGES =
      Set.of("_DEBUG", "_INFO", "_WARNING", "_ERROR", "_EXCEPTION");

  private final Optional<String> server;

  BarmanListParser(Optional<String> server) {
    this.server = server;
  }

  @Override
  public void parse(InputStream output, BackupSink sink) throws IOException {
    List<JsonObject> documents = JsonList.read(output, key -> !MESSAGES.contains(key));
    for (JsonObject document : documents) {
      boolean found = false;
      for (String name : document.keys()) {
        if (server.isEmpty() || server.get().equals(name)) {
          found = true;
          server(name, document, sink);
        }
      }
      if (!found) {
        throw new MalformedListException(
            server.map(name -> "there is no server " + name).orElse("there is no server"));
      }
    }
  }

  private static void server(String name, JsonObject document, BackupSink sink) throws IOException {
    sink.volume(name);
    if (document.isList(name)) {
      for (JsonObject backup : document.objects(name)) {
        sink.backup(listed(backup).ofVolume(name));
      }
    } else {
      sink.backup(shown(document.object(name)).ofVolume(name));
    }
  }

  private static Backup listed(JsonObject backup) throws IOException {
    return Backup.named(backup.text("backup_id"), BarmanStatus.state(backup.optionalText("status")))
        .finished(seconds(backup, "end_time_timestamp"))
        .sized(backup.optionalSize("size_bytes"));
  }

  private static Backup shown(JsonObject backup) throws IOException {
    JsonObject base = backup.object("base_backup_information");
    OptionalLong withWal = base.optionalSize("disk_usage_with_wals_bytes");
    return Backup.named(backup.text("backup_id"), BarmanStatus.state(backup.optionalText("status")))
        .started(seconds(base, "begin_time_timestamp"))
        .finished(seconds(base, "end_time_timestamp"))
        .sized(withWal.isPresent() ? withWal : base.optionalSize("disk_usage_bytes"))
        .startingAt(base.optionalText("begin_wal"));
  }

  private static Optional<Instant> seconds(JsonObject backup, String key) throws IOException {
    OptionalLong seconds = backup.optionalNumber(key);
    return seconds.isPresent()
        ? Optional.of(ListTimes.ofSeconds(seconds.getAsLong()))
        : Optional.empty();
  }
}
