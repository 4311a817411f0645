/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.walwatch.agent.archive.ServerStatus;
import io.walwatch.agent.state.Snapshot;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/status}: what the page shows, for programs. What is not known is left out. Fields
 * are only ever added under this path.
 */
final class StatusJson implements HttpHandler {
  private static final String JSON = "application/json";
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Supplier<? extends @Nullable Snapshot> snapshots;
  private final InstantSource clock;

  StatusJson(Supplier<? extends @Nullable Snapshot> snapshots, InstantSource clock) {
    this.snapshots = snapshots;
    this.clock = clock;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws IOException {
    Text.send(exchange, JSON, text(Status.of(snapshots.get()), clock.instant()));
  }

  static String text(Status status, Instant now) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(json, status, Troubles.of(status, now));
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, Status status, List<String> troubles)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("version", status.version());
    json.writeBooleanField("ready", status.ready());
    if (status.configuration().isPresent()) {
      json.writeObjectFieldStart("configuration");
      json.writeBooleanField("last_reload_successful", status.configuration().get().successful());
      long millis = status.configuration().get().lastSuccessMillis();
      time(json, "since", Optional.of(Instant.ofEpochMilli(millis)));
      json.writeEndObject();
    }
    array(json, "servers", status.servers(), StatusJson::server);
    array(json, "sources", status.sources(), StatusJson::source);
    array(json, "backups", status.backups(), StatusJson::backups);
    array(json, "jobs", status.jobs(), StatusJson::job);
    text(json, "jobs_problem", status.jobsProblem());
    array(json, "troubles", troubles, (out, trouble) -> out.writeStringField("text", trouble));
    json.writeEndObject();
  }

  private static void server(JsonGenerator json, Status.Server server) throws IOException {
    json.writeStringField("name", server.name());
    json.writeBooleanField("queue_watched", server.queueWatched());
    truth(json, "in_recovery", server.disk().flatMap(ServerStatus::inRecovery));
    truth(json, "running", server.disk().flatMap(ServerStatus::running));
    text(
        json,
        "archive_mode",
        server.disk().flatMap(ServerStatus::archiveMode).map(StatusJson::lowerCase));
    text(
        json,
        "archive_method",
        server.disk().flatMap(ServerStatus::archiveMethod).map(StatusJson::lowerCase));
    number(
        json, "timeline", server.disk().map(ServerStatus::timeline).orElse(OptionalLong.empty()));
    text(json, "problem", server.problem());
    number(json, "ready_files", server.readyFiles());
    time(json, "oldest_ready", server.oldestReady());
    time(json, "last_archived", server.lastArchived());
    number(json, "gap_segments", server.gapSegments());
    time(json, "oldest_push", server.oldestPush());
    time(json, "last_failure", server.lastFailure());
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void source(JsonGenerator json, Status.Source source) throws IOException {
    json.writeStringField("name", source.name());
    json.writeStringField("server", source.server());
    json.writeNumberField("open_files", source.openFiles());
    json.writeNumberField("lag_bytes", source.lagBytes());
    text(json, "silence", Optional.of(source.silence()).filter(why -> !why.isEmpty()));
    array(json, "problems", List.copyOf(source.problems().entrySet()), StatusJson::problem);
  }

  private static void problem(JsonGenerator json, Map.Entry<String, String> problem)
      throws IOException {
    json.writeStringField("path", problem.getKey());
    json.writeStringField("problem", problem.getValue());
  }

  private static void backups(JsonGenerator json, Status.Backups set) throws IOException {
    json.writeStringField("name", set.name());
    json.writeStringField("provider", set.provider());
    number(json, "good", set.good());
    time(json, "newest", set.newest());
    number(json, "size_bytes", set.sizeBytes());
    text(json, "problem", set.problem());
  }

  private static void job(JsonGenerator json, Status.Job job) throws IOException {
    json.writeStringField("name", job.name());
    json.writeBooleanField("running", job.running());
    time(json, "last_success", job.lastSuccess());
    time(json, "last_failure", job.lastFailure());
    number(json, "last_exit_code", job.lastExitCode());
  }

  private interface Writer<T> {
    void write(JsonGenerator json, T value) throws IOException;
  }

  private static <T> void array(JsonGenerator json, String name, List<T> values, Writer<T> writer)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T value : values) {
      json.writeStartObject();
      writer.write(json, value);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  private static void truth(JsonGenerator json, String name, Optional<Boolean> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeBooleanField(name, value.get());
    }
  }

  private static void time(JsonGenerator json, String name, Optional<Instant> value)
      throws IOException {
    text(json, name, value.map(Instant::toString));
  }

  private static void number(JsonGenerator json, String name, OptionalLong value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    }
  }
}
