/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import com.fasterxml.jackson.core.JsonGenerator;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEventVisitor;
import io.walwatch.parse.WalFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of an event in the output of {@code walwatch parse}; null ones are left out. */
final class EventFields implements LogEventVisitor {
  private final JsonGenerator out;

  EventFields(JsonGenerator out) {
    this.out = out;
  }

  void write(LogEvent event) {
    event.accept(this);
  }

  @Override
  public void push(LogEvent.Push event) {
    name("push");
    text("archiver", event.archiver());
    text("state", lower(event.state()));
    file(event.file());
    number("pid", event.pid());
    text("store", event.store());
    decimal("rate_bytes_per_second", event.rateBytesPerSecond());
  }

  @Override
  public void fetch(LogEvent.Fetch event) {
    name("fetch");
    text("archiver", event.archiver());
    text("action", lower(event.action()));
    text("state", lower(event.state()));
    file(event.file());
    number("pid", event.pid());
    text("store", event.store());
  }

  @Override
  public void message(LogEvent.Message event) {
    name("message");
    text("archiver", event.archiver());
    text("severity", lower(event.severity()));
    number("pid", event.pid());
    text("text", event.text());
    text("detail", event.detail());
  }

  @Override
  public void archiveCommandFailed(LogEvent.ArchiveCommandFailed event) {
    name("archive_command_failed");
    text("severity", lower(event.severity()));
    text("cause", lower(event.cause()));
    Integer code = event.code();
    number("code", code == null ? null : (long) code);
    file(event.file());
    text("command", event.command());
  }

  @Override
  public void archiveCommandGaveUp(LogEvent.ArchiveCommandGaveUp event) {
    name("archive_command_gave_up");
    file(event.file());
  }

  @Override
  public void archiveOrphanRemoved(LogEvent.ArchiveOrphanRemoved event) {
    name("archive_orphan_removed");
    file(event.file());
  }

  @Override
  public void archiveNotConfigured(LogEvent.ArchiveNotConfigured event) {
    name("archive_not_configured");
  }

  @Override
  public void walSegmentMissing(LogEvent.WalSegmentMissing event) {
    name("wal_segment_missing");
    file(event.file());
  }

  @Override
  public void walOutOfSpace(LogEvent.WalOutOfSpace event) {
    name("wal_out_of_space");
  }

  @Override
  public void backupStopWait(LogEvent.BackupStopWait event) {
    name("backup_stop_wait");
    number("seconds", event.seconds());
  }

  @Override
  public void server(LogEvent.Server event) {
    name("server");
    text("state", lower(event.state()));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void name(String event) {
    text("event", event);
  }

  private void file(@Nullable WalFile file) {
    if (file != null) {
      text("file", file.name());
      text("kind", file.kind().label());
    }
  }

  private void text(String field, @Nullable String value) {
    if (value != null) {
      write(() -> out.writeStringField(field, value));
    }
  }

  private void number(String field, @Nullable Long value) {
    if (value != null) {
      write(() -> out.writeNumberField(field, value));
    }
  }

  private void decimal(String field, @Nullable Double value) {
    if (value != null) {
      write(() -> out.writeNumberField(field, value));
    }
  }

  /** Something that writes. */
  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
