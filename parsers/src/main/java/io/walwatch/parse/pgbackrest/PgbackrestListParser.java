/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.pgbackrest;

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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * pgBackRest's {@code info --output=json}. Each stanza is a volume: one without a good backup
 * counts as uncovered. A backup's size is that of the database at its time, so that full and
 * incremental ones compare; what it added to the repository goes into the stored bytes. {@code
 * error} says that pages failed their checksum: such a backup is no good one.
 *
 * <p>A repository that cannot be read is left out of the list of backups, so each one whose backups
 * count must be readable, or theirs would seem to be gone. The stanza's own status tells only
 * whether all are alike.
 */
final class PgbackrestListParser implements BackupListParser {
  private static final int OK = 0;
  private static final int NO_BACKUPS = 2;
  private static final int DIFFERENT_ACROSS_REPOSITORIES = 4;

  private static final Set<String> WANTED =
      Set.of(
          "name",
          "backup",
          "status",
          "code",
          "message",
          "repo",
          "key",
          "lock",
          "held",
          "archive",
          "start",
          "stop",
          "database",
          "repo-key",
          "error",
          "info",
          "size",
          "repository",
          "delta",
          "label",
          "timestamp");

  private final Optional<String> stanza;
  private final Optional<String> repository;

  PgbackrestListParser(Optional<String> stanza, Optional<String> repository) {
    this.stanza = stanza;
    this.repository = repository;
  }

  @Override
  public void parse(InputStream output, BackupSink sink) throws IOException {
    List<JsonObject> stanzas = JsonList.read(output, WANTED::contains);
    boolean found = false;
    for (JsonObject candidate : stanzas) {
      String name = candidate.text("name");
      if (stanza.isEmpty() || stanza.get().equals(name)) {
        found = true;
        stanza(name, candidate, sink);
      }
    }
    if (!found) {
      throw new MalformedListException(
          stanza.map(name -> "there is no stanza " + name).orElse("there is no stanza"));
    }
  }

  private void stanza(String name, JsonObject listed, BackupSink sink) throws IOException {
    JsonObject status = listed.object("status");
    if (repository.isEmpty() && status.number("code") != DIFFERENT_ACROSS_REPOSITORIES) {
      requireReadable("stanza " + Excerpt.of(name), status);
    } else {
      requireReadableRepositories("stanza " + Excerpt.of(name), listed);
    }
    sink.volume(name);
    for (JsonObject backup : listed.objects("backup")) {
      if (repository.isEmpty() || isWanted(backup.object("database").number("repo-key"))) {
        backup(name, backup, sink);
      }
    }
    if (isHeld(status)) {
      sink.backup(Backup.named("running", State.RUNNING).ofVolume(name));
    }
  }

  private void requireReadableRepositories(String stanzaName, JsonObject listed)
      throws IOException {
    boolean found = false;
    for (JsonObject candidate : listed.objects("repo")) {
      long key = candidate.number("key");
      if (isWanted(key)) {
        found = true;
        requireReadable(stanzaName + ", repository " + key, candidate.object("status"));
      }
    }
    if (!found) {
      throw new MalformedListException(
          stanzaName + " has no repository" + repository.map(key -> " " + key).orElse(""));
    }
  }

  private static void requireReadable(String what, JsonObject status) throws IOException {
    long code = status.number("code");
    if (code != OK && code != NO_BACKUPS) {
      throw new MalformedListException(
          what + ": " + Excerpt.of(status.optionalText("message").orElse("status " + code)));
    }
  }

  private boolean isWanted(long repositoryKey) {
    return repository.isEmpty() || repository.get().equals(Long.toString(repositoryKey));
  }

  private static void backup(String stanza, JsonObject backup, BackupSink sink) throws IOException {
    JsonObject time = backup.object("timestamp");
    JsonObject info = backup.object("info");
    sink.stored(info.object("repository").optionalSize("delta").orElse(0));
    sink.backup(
        Backup.named(backup.text("label"), backup.flag("error") ? State.FAILED : State.OK)
            .ofVolume(stanza)
            .started(Optional.of(ListTimes.ofSeconds(time.number("start"))))
            .finished(Optional.of(ListTimes.ofSeconds(time.number("stop"))))
            .sized(OptionalLong.of(info.size("size")))
            .startingAt(backup.object("archive").optionalText("start")));
  }

  private static boolean isHeld(JsonObject status) throws IOException {
    Optional<JsonObject> lock = status.optionalObject("lock");
    Optional<JsonObject> held =
        lock.isPresent() ? lock.get().optionalObject("backup") : Optional.empty();
    return held.isPresent() && held.get().flag("held");
  }
}
