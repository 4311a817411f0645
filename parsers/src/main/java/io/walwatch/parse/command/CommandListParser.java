/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.command;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupSink;
import io.walwatch.parse.MalformedListException;
import io.walwatch.parse.listing.Excerpt;
import io.walwatch.parse.listing.JsonList;
import io.walwatch.parse.listing.JsonObject;
import io.walwatch.parse.listing.ListTimes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON that a script of one's own prints:
 *
 * <pre>{"backups": [{"name": "a", "state": "ok", "started": "2026-11-22T01:00:00Z",
 *   "finished": "2026-11-22T02:00:00Z", "size_bytes": 1073741824, "volume": "db1",
 *   "wal_start": "000000010000000000000024"}],
 *  "volumes": [{"name": "db1"}], "stored_bytes": 5368709120}</pre>
 *
 * <p>{@code name} and {@code state} ({@code ok}, {@code running}, {@code failed}) are needed, and
 * for a good one {@code finished}; all else may be left out. {@code volumes} names what ought to
 * have a backup each.
 */
final class CommandListParser implements BackupListParser {
  private static final Set<String> WANTED =
      Set.of(
          "backups",
          "volumes",
          "stored_bytes",
          "name",
          "state",
          "started",
          "finished",
          "size_bytes",
          "volume",
          "wal_start");

  @Override
  public void parse(InputStream output, BackupSink sink) throws IOException {
    List<JsonObject> documents = JsonList.read(output, WANTED::contains);
    if (documents.size() != 1) {
      throw new MalformedListException("the output must be one object with the key \"backups\"");
    }
    JsonObject document = documents.get(0);
    for (JsonObject backup : document.objects("backups")) {
      sink.backup(backup(backup));
    }
    if (document.has("volumes")) {
      for (JsonObject volume : document.objects("volumes")) {
        sink.volume(volume.text("name"));
      }
    }
    document.optionalSize("stored_bytes").ifPresent(sink::stored);
  }

  private static Backup backup(JsonObject backup) throws IOException {
    State state = state(backup.text("state"));
    Optional<Instant> finished = time(backup, "finished");
    if (state == State.OK && finished.isEmpty()) {
      throw new MalformedListException("a backup whose state is ok has no \"finished\"");
    }
    return Backup.named(backup.text("name"), state)
        .ofVolume(backup.optionalText("volume").orElse(""))
        .started(time(backup, "started"))
        .finished(finished)
        .sized(backup.optionalSize("size_bytes"))
        .startingAt(backup.optionalText("wal_start"));
  }

  private static State state(String text) throws MalformedListException {
    return switch (text) {
      case "ok" -> State.OK;
      case "running" -> State.RUNNING;
      case "failed" -> State.FAILED;
      default ->
          throw new MalformedListException(
              "the state \"" + Excerpt.of(text) + "\" is none of ok, running, failed");
    };
  }

  private static Optional<Instant> time(JsonObject backup, String key) throws IOException {
    Optional<String> text = backup.optionalText(key);
    return text.isPresent() ? Optional.of(ListTimes.parse(text.get())) : Optional.empty();
  }
}
