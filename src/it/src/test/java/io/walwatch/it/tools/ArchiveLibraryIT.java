/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.agent.Scrape;
import io.walwatch.it.system.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real server that archives with basic_archive, which comes with Debian's PostgreSQL. */
@Tag("tools")
class ArchiveLibraryIT {
  private static final String FAILURES = "walwatch_archive_command_failures_total";
  private static final String RAISED =
      "could not create file \"/a/archtemp.000000010000000000000001.1.1\": No space left on device";

  @Test
  void shouldTellWhatAModuleArchivesAndWhereItFails() throws Exception {
    try (DebianServer server = DebianServer.create()) {
      Path archive = server.directory("tools/archive");
      server.startWith(
          "archive_library = 'basic_archive'\nbasic_archive.archive_directory = '" + archive + "'");
      try (AgentProcess agent = watch(server)) {
        shouldCountWhatItArchives(server, agent, archive);
        shouldCountWhatItCannotWrite(server, agent, archive);
        shouldNotBelieveASessionThatRaisesTheSame(server, agent);
        shouldCountALibraryThatIsNotThere(server, agent);
      }
    }
  }

  private static AgentProcess watch(DebianServer server) throws IOException {
    AgentProcess agent =
        Launcher.packed()
            .serve(
                "--pgdata",
                "main=" + server.data(),
                "--log",
                "main=" + server.log(),
                "--state-dir",
                server.root().resolve("state").toString());
    Patience.await()
        .until(() -> agent.scrape().value("walwatch_archive_scan_success").orElse(0) == 1);
    return agent;
  }

  private static void shouldCountWhatItArchives(
      DebianServer server, AgentProcess agent, Path archive) throws Exception {
    double before = archived(agent.scrape());
    long stored = files(archive);
    fill(server);
    Patience.await()
        .untilAsserted(
            () -> {
              assertThat(files(archive)).isGreaterThan(stored);
              assertThat(archived(agent.scrape()) - before).isEqualTo(files(archive) - stored);
            });
    assertThat(failures(agent.scrape(), "log")).isZero();
  }

  private static void shouldCountWhatItCannotWrite(
      DebianServer server, AgentProcess agent, Path archive) throws Exception {
    Path away = archive.resolveSibling("away");
    Files.move(archive, away);
    fill(server);
    // Three attempts, and the pause of a minute behind them.
    awaitFailures(server, agent, 3);
    Files.move(away, archive);
    fill(server);
    Patience.await()
        .untilAsserted(
            () -> assertThat(agent.scrape().sum("walwatch_archive_ready_files")).isZero());
    assertThat(failures(agent.scrape(), "log")).isEqualTo(logged(server));
  }

  private static void awaitFailures(DebianServer server, AgentProcess agent, int atLeast) {
    Patience.await()
        .untilAsserted(
            () -> {
              assertThat(logged(server)).isGreaterThanOrEqualTo(atLeast);
              assertThat(failures(agent.scrape(), "log")).isEqualTo(logged(server));
              assertThat(agent.scrape().value("walwatch_archive_command_gave_up_total"))
                  .hasValue(1);
            });
  }

  private static void shouldNotBelieveASessionThatRaisesTheSame(
      DebianServer server, AgentProcess agent) throws Exception {
    double before = failures(agent.scrape(), "log");
    server.query("do $$ begin raise log '" + RAISED + "'; raise log 'marked'; end $$");
    server.query(
        "do $$ begin raise log 'archive command failed with exit code 1' using detail ="
            + " 'The failed archive command was: cp pg_wal/000000010000000000000001 x'; end $$");
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(agent.scrape().sum("walwatch_source_forged_total", "parser=postgres"))
                    .isPositive());
    assertThat(failures(agent.scrape(), "log")).isEqualTo(before);
    assertThat(agent.scrape().sum(FAILURES, "cause=exit")).isZero();
  }

  private static void shouldCountALibraryThatIsNotThere(DebianServer server, AgentProcess agent)
      throws Exception {
    server.query("alter system set archive_library = 'nosuch_library'");
    server.query("select pg_reload_conf()");
    Patience.await()
        .untilAsserted(
            () -> {
              // An idle postmaster starts an archiver once a minute, a busy one every 10 s.
              server.query("select 1");
              assertThat(failures(agent.scrape(), "fatal"))
                  .isPositive()
                  .isEqualTo(lines(server, "FATAL:  could not access file \"nosuch_library\""));
            });
  }

  private static void fill(DebianServer server) throws Exception {
    server.query("select pg_logical_emit_message(false, 'walwatch', 'x')");
    server.query("select pg_switch_wal()");
  }

  /** What the server itself has logged of its module's failures, the sessions' left aside. */
  private static long logged(DebianServer server) throws IOException {
    return lines(server, "ERROR:  could not create file");
  }

  private static long lines(DebianServer server, String text) throws IOException {
    try (Stream<String> lines = Files.lines(server.log())) {
      return lines.filter(line -> line.contains(text)).count();
    }
  }

  private static long files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> !file.getFileName().toString().startsWith("archtemp")).count();
    }
  }

  private static double archived(Scrape scrape) {
    return scrape.sum("walwatch_archive_archived_files_total");
  }

  private static double failures(Scrape scrape, String severity) {
    return scrape.sum(FAILURES, "severity=" + severity, "cause=module");
  }
}
