/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.CommandResult;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.archiver.Journal;
import io.walwatch.it.server.EmbeddedServer;
import io.walwatch.it.server.ServerOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a client without any rights does to have walwatch believe in failures and stored segments,
 * on a real server that also logs every statement, in all three formats at once. What happened
 * besides is counted by the archiver's own journal.
 */
class ForgeryIT {
  private static final String SEGMENT = "0000000100000000000000AA";
  private static final Pattern COUNT = Pattern.compile("\"([^\"]+)\":([0-9]+)");

  private static final String STORED =
      "wal_e.worker.upload INFO     MSG: completed archiving to a file\n"
          + "        DETAIL: x\n"
          + "        STRUCTURED: time=2026-11-22T09:06:39.400657-00 pid=5 action=push-wal key=s3://b/"
          + SEGMENT
          + ".lzo prefix= rate=1.5 seg="
          + SEGMENT
          + " state=complete";

  private static final String SHUT_DOWN =
      "2026-11-22 09:06:37.476 UTC [5] LOG:  database system is shut down";

  /** What PL/pgSQL raises: word for word what the archiver or the server says, or behind a line. */
  private static final List<String> RAISED =
      List.of(
          "log 'archive command failed with exit code 9' using detail = 'The failed archive command"
              + " was: cp pg_wal/0000000100000000000000AA /x'",
          "warning 'archive command was terminated by signal 9: Killed' using detail = 'The failed"
              + " archive command was: cp pg_wal/0000000100000000000000AA /x'",
          "warning 'archiving write-ahead log file \"0000000100000000000000AA\" failed too many"
              + " times, will try again later'",
          "warning 'archive_mode enabled, yet archiving is not configured'",
          "warning 'removed orphan archive status file"
              + " \"pg_wal/archive_status/0000000100000000000000AA.ready\"'",
          "warning 'still waiting for all required WAL segments to be archived (60 seconds"
              + " elapsed)'",
          "log 'database system is shut down'",
          "log 'database system is ready to accept connections'",
          "log 'requested WAL segment 0000000100000000000000AA has already been removed'");

  /** Text that is to begin a line of its own, wherever it is put. */
  private static final List<String> SMUGGLED =
      List.of(
          STORED,
          SHUT_DOWN,
          "INFO: 2026/11/22 10:00:06.385081 FILE PATH: " + SEGMENT + ".br",
          "2026-11-22 09:00:00.000 P00   INFO: pushed WAL file '" + SEGMENT + "' to the archive",
          "2026-11-22 09:06:37.476 UTC,,,5,,6b02b09d.5,1,,2026-11-22 09:06:37 UTC,,0,LOG,00000,"
              + "\"database system is shut down\",,,,,,,,,\"\",\"postmaster\",,0",
          "\",,,,,,,,,\"\",\"client backend\",,0\n2026-11-22 09:06:37.476 UTC,,,5,,6b02b09d.5,1,,"
              + "2026-11-22 09:06:37 UTC,,0,LOG,00000,\"database system is shut down\",,,,,,,,,\"\","
              + "\"postmaster\",,0",
          "{\"timestamp\":\"2026-11-22 09:06:37.476 UTC\",\"pid\":5,\"error_severity\":\"LOG\","
              + "\"message\":\"database system is shut down\",\"backend_type\":\"postmaster\"}");

  /** The prefix shows what a client calls itself, and no user that would tell the server apart. */
  @Test
  void shouldBelieveTheArchiverAndTheServerOnly() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Archiver archiver = Archiver.in(tree.root().resolve("archiver"));
      archiver.setMode("exit 2");
      ServerOptions options =
          ServerOptions.archivingWith(archiver.command())
              .with("log_destination", "stderr,csvlog,jsonlog")
              .with("log_statement", "all")
              .with("log_connections", "on")
              .with("log_disconnections", "on")
              .with("log_line_prefix", "%m [%p] %a ");
      try (EmbeddedServer server = EmbeddedServer.start(tree.root().resolve("data"), options)) {
        try (Connection owner = server.connect();
            Statement statement = owner.createStatement()) {
          statement.execute("create role plain login");
        }
        forge(server);
        server.switchSegment();
        await().until(() -> archiver.journal().count("exit 2") >= 1);
        forge(server);
        archiver.setMode("ok");
        await().until(() -> archiver.journal().stored() == 1);

        for (String format : List.of(".log", ".csv", ".json")) {
          await().untilAsserted(() -> assertTruth(log(server, format), archiver.journal()));
        }
      }
    }
  }

  private static void assertTruth(Path log, Journal journal) throws Exception {
    CommandResult parsed = Launcher.packed().run("parse", "--summary", log.toString());
    assertThat(parsed.exitCode()).isZero();
    String summary = String.join("", parsed.output());
    int rejected = summary.indexOf("\"rejected\"");
    Map<String, Long> events = counts(summary.substring(0, rejected));
    assertThat(events.remove("archive_command_failed log exit 2"))
        .as(summary)
        .isEqualTo(journal.count("exit 2"));
    assertThat(events.remove("server started")).as(summary).isEqualTo(1);
    assertThat(events.remove("server ready")).as(summary).isEqualTo(1);
    // The archiver's own lines go to the server's stderr, which only one of the formats holds.
    if (log.toString().endsWith(".log")) {
      assertThat(events.remove("push begin")).as(summary).isEqualTo(journal.begun());
      assertThat(events.remove("push complete")).as(summary).isEqualTo(1);
    }
    events
        .keySet()
        .removeIf(event -> event.startsWith("message ") && log.toString().endsWith(".log"));
    assertThat(events).as("what was forged, in %s", summary).isEmpty();
    assertThat(counts(summary.substring(rejected)).get("forged postgres"))
        .as("what was raised, in %s", summary)
        .isBetween((long) RAISED.size(), 2L * RAISED.size());
  }

  private static Map<String, Long> counts(String json) {
    Map<String, Long> counts = new TreeMap<>();
    Matcher matcher = COUNT.matcher(json);
    while (matcher.find()) {
      counts.put(matcher.group(1), Long.valueOf(matcher.group(2)));
    }
    return counts;
  }

  private static void forge(EmbeddedServer server) throws SQLException {
    try (Connection connection = connect(server, "plain", "postgres");
        Statement statement = connection.createStatement()) {
      for (String raised : RAISED) {
        statement.execute("do $$begin raise " + raised + "; end$$");
      }
      for (String text : SMUGGLED) {
        statement.execute("set application_name = " + quoted(text));
        statement.execute("do $$begin raise log E'x\\n%', " + quoted(text) + "; end$$");
        statement.execute(
            "do $$begin raise log 'x' using detail = " + quoted("x\n" + text) + "; end$$");
        statement.execute("select 1 /*\n" + text + "\n*/");
        refused(() -> statement.execute("select " + quoted("\n" + text) + "::int"));
        refused(() -> connect(server, "x\n" + text, "postgres").close());
        refused(() -> connect(server, "plain", "x\n" + text).close());
      }
    }
  }

  private interface Attempt {
    void make() throws SQLException;
  }

  private static void refused(Attempt attempt) {
    assertThatThrownBy(attempt::make).isInstanceOf(SQLException.class);
  }

  private static String quoted(String text) {
    return "E'" + text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n") + "'";
  }

  private static Connection connect(EmbeddedServer server, String user, String database)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    String encoded = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + server.port() + "/" + encoded, properties);
  }

  private static Path log(EmbeddedServer server, String format) throws IOException {
    try (Stream<Path> files = Files.list(server.logDirectory())) {
      return files.filter(file -> file.toString().endsWith(format)).findFirst().orElseThrow();
    }
  }
}
