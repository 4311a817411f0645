/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.framing.Framings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What testdata/postgres/README.md counts of the server's own messages that are no events: the
 * framing cuts out each of them. Typed from there.
 */
final class ServerMessagesGoldenTest {
  @ParameterizedTest
  @CsvSource({
    "pg96-noprefix, p-postgresql-*.log, 2, 5",
    "pg96-noprefix, s-postgresql-*.log, 0, 2",
    "pg10-default, p-server.log, 2, 5",
    "pg10-default, s-server.log, 0, 2",
    "pg12-default, p-postgresql-*.log, 6, 7",
    "pg12-default, s-postgresql-*.log, 0, 2",
    "pg12-default, p-postgresql-*.csv, 6, 7",
    "pg13-exec, p-postgresql-*.log, 3, 5",
    "pg13-exec, s-postgresql-*.log, 0, 2",
    "pg13-exec, p-postgresql-*.csv, 3, 5",
    "pg14-debian, p-postgresql-*.log, 0, 8",
    "pg14-debian, s-postgresql-*.log, 0, 2",
    "pg14-debian, p-postgresql-*.csv, 0, 8",
    "pg15-debian, p-postgresql-*.log, 0, 10",
    "pg15-debian, s-postgresql-*.log, 0, 2",
    "pg15-debian, p-postgresql-*.csv, 0, 10",
    "pg15-debian, p-postgresql-*.json, 0, 10",
    "pg16-rds, p-postgresql-*.log, 0, 8",
    "pg16-rds, s-postgresql-*.log, 0, 2",
    "pg17-pgbadger, p-server.log, 0, 8",
    "pg17-pgbadger, s-server.log, 0, 2",
    "pg18-default, p-postgresql-*.log, 0, 11",
    "pg18-default, s-postgresql-*.log, 0, 2",
    "pg18-default, p-postgresql-*.csv, 0, 11",
    "pg18-default, p-postgresql-*.json, 0, 11",
  })
  void shouldCutOutEachExitOfTheArchiverAndEachCheckpoint(
      String run, String glob, int archiverExits, int checkpoints) {
    List<String> messages = messages("postgres/" + run, glob);

    assertThat(messages.stream().filter(text -> text.startsWith("archiver process (PID ")))
        .hasSize(archiverExits);
    assertThat(messages.stream().filter(text -> text.startsWith("checkpoint complete: ")))
        .hasSize(checkpoints);
  }

  @Test
  void shouldReadTheErrorsOfArchiveLibraries() {
    Found found = Golden.read("postgres/rotation-truncate-pg16", "lib.txt");

    // Three "both set" (grep); "could not access file" is any process's unless the framing says
    // whose.
    assertThat(found.failures()).isEqualTo(Map.of("FATAL MODULE null", 3));
    assertThat(found.rejected()).isEmpty();
  }

  @Test
  void shouldTellTheStartOfAServerThatSpeaksGerman() {
    for (String glob : new String[] {"p-postgresql-*.log", "*.csv", "*.json"}) {
      Found found = Golden.read("postgres/pg15-de", glob);
      assertThat(found.turns(LogEvent.ServerTurn.STARTED)).as(glob).isEqualTo(1);
    }
  }

  private static List<String> messages(String folder, String glob) {
    List<String> messages = new ArrayList<>();
    for (Path file : Golden.files(folder, glob)) {
      LogPipeline pipeline =
          new LogPipeline(
              Framings.create(PipelineOptions.DEFAULT),
              List.of(new Collector(messages)),
              new Found());
      LineSplitter splitter = new LineSplitter(pipeline::accept);
      byte[] bytes = Golden.bytes(file);
      splitter.accept(bytes, 0, bytes.length);
      splitter.end();
      pipeline.end();
    }
    return messages;
  }

  /** Keeps the text of the server's messages. */
  private record Collector(List<String> messages) implements LogParser {
    @Override
    public void accept(LogRecord record, EventSink sink) {
      if (record.kind() == LogRecord.Kind.SERVER_MESSAGE) {
        messages.add(record.message().toString());
      }
    }
  }
}
