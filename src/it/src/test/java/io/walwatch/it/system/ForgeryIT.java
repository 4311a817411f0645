/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.CommandResult;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.server.EmbeddedServer;
import io.walwatch.it.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of a real server does to have walwatch believe in failures and stored segments. */
class ForgeryIT {
  private static final String SEGMENT = "0000000100000000000000AA";

  /** PL/pgSQL; each says, word for word, what the archiver or the server says. */
  private static final List<String> FORGERIES =
      List.of(
          "raise log 'archive command failed with exit code 9' using detail = 'The failed archive"
              + " command was: cp pg_wal/" + SEGMENT + " /x'",
          "raise warning 'archiving write-ahead log file \"" + SEGMENT
              + "\" failed too many times, will try again later'",
          "raise warning 'archive_mode enabled, yet archiving is not configured'",
          "raise warning 'removed orphan archive status file \"pg_wal/archive_status/" + SEGMENT
              + ".ready\"'",
          "raise warning 'still waiting for all required WAL segments to be archived (60 seconds"
              + " elapsed)'",
          "raise log 'database system is shut down'",
          "raise log E'x\\nwal_e.worker.upload INFO     MSG: completed archiving to a file\\n       "
              + " STRUCTURED: time=2026-11-22T09:06:39.400657-00 pid=5 action=push-wal key=s3://b/"
              + SEGMENT + ".lzo prefix= rate=1.5 seg=" + SEGMENT + " state=complete'",
          "raise log E'INFO: 2026/11/22 10:00:06.385081 FILE PATH: " + SEGMENT + ".br'",
          "raise log E'x\\n2026-11-22 09:06:37.476 UTC [5] LOG:  database system is shut down'");

  private static final String APPLICATION =
      "WARNING:  archive_mode enabled, yet archiving is not configured";

  @ParameterizedTest
  @ValueSource(strings = {"%m [%p] ", "%m [%p] %q%u@%d ", "%m [%p] %a ", "%m (%p) %u/%d: ", ""})
  void shouldBelieveTheArchiverOnlyInEveryFormat(String prefix) throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Archiver archiver = Archiver.in(tree.root().resolve("archiver"));
      archiver.setMode("exit 2");
      ServerOptions options =
          ServerOptions.archivingWith(archiver.command())
              .with("log_destination", "stderr,csvlog,jsonlog")
              .with("log_line_prefix", prefix);
      try (EmbeddedServer server = EmbeddedServer.start(tree.root().resolve("data"), options)) {
        forge(server);
        server.switchSegment();
        await().until(() -> archiver.journal().count("exit 2") >= 1);
        forge(server);
        archiver.setMode("ok");
        await().until(() -> archiver.journal().stored() == 1);

        String failures =
            "\"archive_command_failed log exit 2\":" + archiver.journal().count("exit 2");
        for (String format : List.of(".log", ".csv", ".json")) {
          assertThat(summary(server, format)).as(format).contains(failures).doesNotContain(
              "exit 9", "not_configured", "orphan", "backup_stop_wait", "shutdown");
        }
        assertThat(summary(server, ".log")).contains("\"push complete\":1");
      }
    }
  }

  private static void forge(EmbeddedServer server) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("set application_name = '" + APPLICATION + "'");
      for (String forgery : FORGERIES) {
        statement.execute("do $$begin " + forgery + "; end$$");
        statement.execute(
            "create or replace function forge() returns int language plpgsql as $$begin "
                + forgery
                + "; return 1; end$$");
        statement.execute("select forge()");
      }
    }
  }

  private static String summary(EmbeddedServer server, String format) throws Exception {
    CommandResult result =
        Launcher.packed().run("parse", "--summary", log(server, format).toString());
    assertThat(result.exitCode()).isZero();
    return String.join("", result.output());
  }

  private static Path log(EmbeddedServer server, String format) throws IOException {
    try (Stream<Path> files = Files.list(server.logDirectory())) {
      return files.filter(file -> file.toString().endsWith(format)).findFirst().orElseThrow();
    }
  }
}
