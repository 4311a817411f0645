/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEventVisitor;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts events by kind and what distinguishes them, and prints one JSON object at the end. */
final class SummaryPrinter implements EventPrinter, LogEventVisitor {
  private final OutputStream out;
  private final Map<String, Long> events = new TreeMap<>();
  private final Map<String, Long> rejections = new TreeMap<>();
  private long notCompared;

  SummaryPrinter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void source(String file) {}

  @Override
  public void event(LogEvent event, Origin origin) {
    event.accept(this);
  }

  @Override
  public void rejected(Rejection rejection) {
    String verdict = rejection.verdict().name().toLowerCase(Locale.ROOT);
    rejections.merge(verdict + " " + rejection.parser(), 1L, Long::sum);
  }

  @Override
  public void notCompared(long records) {
    notCompared = records;
  }

  @Override
  public void finish() throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      write(json, "events", events);
      write(json, "rejected", rejections);
      if (notCompared > 0) {
        json.writeNumberField("not_compared", notCompared);
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void write(JsonGenerator json, String name, Map<String, Long> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
  }

  private void count(String what) {
    events.merge(what, 1L, Long::sum);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void push(LogEvent.Push event) {
    count("push " + lower(event.state()));
  }

  @Override
  public void fetch(LogEvent.Fetch event) {
    count(lower(event.action()) + " " + lower(event.state()));
  }

  @Override
  public void message(LogEvent.Message event) {
    count("message " + lower(event.severity()));
  }

  @Override
  public void archiveCommandFailed(LogEvent.ArchiveCommandFailed event) {
    String code = event.code() == null ? "" : " " + event.code();
    count("archive_command_failed " + lower(event.severity()) + " " + lower(event.cause()) + code);
  }

  @Override
  public void archiveCommandGaveUp(LogEvent.ArchiveCommandGaveUp event) {
    count("archive_command_gave_up");
  }

  @Override
  public void archiveOrphanRemoved(LogEvent.ArchiveOrphanRemoved event) {
    count("archive_orphan_removed");
  }

  @Override
  public void archiveNotConfigured(LogEvent.ArchiveNotConfigured event) {
    count("archive_not_configured");
  }

  @Override
  public void walSegmentMissing(LogEvent.WalSegmentMissing event) {
    count("wal_segment_missing");
  }

  @Override
  public void walOutOfSpace(LogEvent.WalOutOfSpace event) {
    count("wal_out_of_space");
  }

  @Override
  public void backupStopWait(LogEvent.BackupStopWait event) {
    count("backup_stop_wait");
  }

  @Override
  public void server(LogEvent.Server event) {
    count("server " + lower(event.state()));
  }
}
