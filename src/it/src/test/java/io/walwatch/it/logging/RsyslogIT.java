/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * WAL-E's records by the real rsyslogd. An agent that is stopped (SIGSTOP: its sockets are open,
 * and nobody reads) must not make anybody wait who logs: that would be archive_command.
 */
@Tag("loggers")
class RsyslogIT {
  private static final int PUSHES = 20;
  private static final int FLOOD = 200_000;
  private static final String COMPLETED = "walwatch_push_completed_total";
  private static final String STARTED = "walwatch_push_started_total";
  private static final String LINES = "walwatch_source_lines_total";
  private static final String FAILED = "walwatch_archive_command_failures_total";
  private static final int PIECE = 900;
  private static final String SESSION = "2026-11-22 09:06:37.476 UTC [7] eve@db ";
  private static final String ARCHIVER = "2026-11-22 09:06:37.476 UTC [5] ";
  private static final String NOT_CONFIGURED =
      ARCHIVER + "WARNING:  archive_mode enabled, yet archiving is not configured";
  private double lastLines;

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp"})
  void shouldNeverMakeAProgramWaitThatLogs(String transport) throws Exception {
    int port = freePort();
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it");
        AgentProcess agent = serve(tree.root(), transport + "://127.0.0.1:" + port)) {
      agent.scrape();
      try (Rsyslog rsyslog = Rsyslog.start(tree.root(), transport, port)) {
        await().until(rsyslog::isReady);
        push(rsyslog, 0, PUSHES);
        awaitPushes(agent, PUSHES);

        agent.suspend();
        rsyslog.flood(FLOOD);
        agent.resume();

        awaitSilence(agent);
        assertThat(agent.scrape().sum(LINES, "source=syslog"))
            .as("more than what queue and sockets hold was dropped, not waited for")
            .isLessThan(FLOOD);
        push(rsyslog, PUSHES, 2 * PUSHES);
        awaitPushes(agent, 2 * PUSHES);
      }
    }
  }

  /**
   * PostgreSQL breaks a line at 900 bytes before it sends it (elog.c, write_syslog), where a client
   * can have a piece begin with whatever it likes.
   */
  @Test
  void shouldPutALongMessageTogetherAndBelieveNoPieceOfOne() throws Exception {
    int port = freePort();
    try (TemporaryTree tree = TemporaryTree.create("walwatch-it");
        AgentProcess agent = serve(tree.root(), "tcp://127.0.0.1:" + port)) {
      agent.scrape();
      try (Rsyslog rsyslog = Rsyslog.start(tree.root(), "tcp", port)) {
        await().until(rsyslog::isReady);
        rsyslog.logAsServer(7, "[1-1] " + SESSION + "LOG:  " + "x".repeat(PIECE - 50));
        rsyslog.logAsServer(7, "[1-2] #011" + "y".repeat(PIECE - 1));
        rsyslog.logAsServer(7, "[1-3] " + NOT_CONFIGURED);
        rsyslog.logAsServer(7, "[1-4] " + SESSION + "CONTEXT:  PL/pgSQL function f() line 1");
        rsyslog.logAsServer(7, "[2-1] " + SESSION + "LOG:  statement: select 1");
        rsyslog.logAsServer(
            5, "[3-1] " + ARCHIVER + "LOG:  archive command failed with exit code 3");
        rsyslog.logAsServer(5, "[3-2] " + ARCHIVER + "DETAIL:  The failed archive command was: cp");
        rsyslog.logAsServer(5, "[3-3]  " + "z".repeat(PIECE - 1));
        rsyslog.logAsServer(5, "[3-4]  pg_wal/000000010000000000000001 /x");
        rsyslog.log(WaleMessages.begin(1));

        await().until(() -> agent.scrape().sum(STARTED) == 1);
        await().until(() -> agent.scrape().sum(FAILED, "severity=log") == 1);
        assertThat(agent.scrape().sum("walwatch_archive_not_configured_total")).isZero();
      }
    }
  }

  private static AgentProcess serve(Path directory, String address) throws IOException {
    Path config = directory.resolve("walwatch.yml");
    Files.writeString(
        config,
        String.format(
            Locale.ROOT,
            """
        state_directory: %s
        sources:
          - { name: syslog, server: main, syslog: "%s" }
        """,
            directory.resolve("state"),
            address));
    return Launcher.packed().serve("--config", config.toString());
  }

  private static void push(Rsyslog rsyslog, int from, int to) throws Exception {
    for (int segment = from; segment < to; segment++) {
      rsyslog.log(WaleMessages.begin(segment));
      rsyslog.log(WaleMessages.complete(segment));
    }
  }

  private static void awaitPushes(AgentProcess agent, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(agent.scrape().sum(COMPLETED)).isEqualTo(count);
              assertThat(agent.scrape().sum(STARTED)).isEqualTo(count);
            });
  }

  /** What rsyslogd had kept has come when for two seconds nothing came. */
  private void awaitSilence(AgentProcess agent) {
    lastLines = -1;
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              double before = lastLines;
              lastLines = agent.scrape().sum(LINES);
              return lastLines == before;
            });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
