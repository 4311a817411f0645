/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static io.walwatch.it.system.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.agent.Scrape;
import io.walwatch.it.archiver.Archiver;
import io.walwatch.it.server.EmbeddedServer;
import io.walwatch.it.server.ServerOptions;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * Who wrote a line that holds a process id and nothing else about its writer: with terse messages
 * the archiver's own failures look exactly as a session's do, and only /proc tells them apart.
 */
class ArchiverPidIT {
  private static final String FAILED = "walwatch_archive_command_failures_total";
  private static final String GAVE_UP = "walwatch_archive_command_gave_up_total";
  private static final String FORGED = "walwatch_source_forged_total";

  @Test
  void shouldTakeTheArchiversPidFromProc() throws Exception {
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it")) {
      Archiver archiver = Archiver.in(tree.root().resolve("archiver"));
      archiver.setMode("exit 2");
      ServerOptions options =
          ServerOptions.archivingWith(archiver.command())
              .with("log_line_prefix", "%m [%p] ")
              .with("log_error_verbosity", "terse");
      try (EmbeddedServer server = EmbeddedServer.start(tree.root().resolve("data"), options);
          AgentProcess agent = serve(server, tree)) {
        await().untilAsserted(() -> assertThat(agent.get("/-/ready").statusCode()).isEqualTo(200));

        server.switchSegment();
        await().until(() -> agent.scrape().sum(GAVE_UP) == 1);
        assertThat(agent.scrape().sum(FAILED))
            .isEqualTo(archiver.journal().count("exit 2"))
            .isEqualTo(3);

        forge(server);
        await().until(() -> agent.scrape().sum(FORGED, "parser=postgres") == 2);
        Scrape scrape = agent.scrape();
        assertThat(scrape.sum(GAVE_UP)).isEqualTo(1);
        assertThat(scrape.sum(FAILED)).isEqualTo(3);
      }
    }
  }

  private static AgentProcess serve(EmbeddedServer server, TemporaryTree tree) throws Exception {
    return Launcher.packed()
        .serve(
            "--pgdata",
            "main=" + server.dataDirectory(),
            "--log",
            "main=" + server.logDirectory() + "/*.log",
            "--state-dir",
            tree.root().resolve("state").toString(),
            "--from-start");
  }

  private static void forge(EmbeddedServer server) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("do $$begin raise log 'archive command failed with exit code 2'; end$$");
      statement.execute(
          "do $$begin raise warning 'archiving write-ahead log file \"0000000100000000000000AA\""
              + " failed too many times, will try again later'; end$$");
    }
  }
}
