/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.Limits;
import io.walwatch.agent.config.ServerConfig;
import io.walwatch.agent.config.discovery.WatchPlanner;
import io.walwatch.agent.metrics.MetricCatalogue;
import io.walwatch.agent.metrics.PrometheusExposition;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.parse.framing.Framings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The whole way from recorded logs to Prometheus text. Every number is typed from the README beside
 * the logs, where it was counted with grep and awk.
 */
final class OnceGoldenTest {
  private static final Path TESTDATA =
      Path.of(System.getProperty("walwatch.root", "..")).resolve("testdata");

  @Test
  void shouldCountWhatWalEAndPostgresWroteIntoOneLog() throws UsageException, InterruptedException {
    String text = once("wal-e/pg_log/*.log");

    assertPushes(text, "started", 81);
    assertPushes(text, "completed", 64);
    assertPushes(text, "repeated", 0);
    assertPushes(text, "skipped", 0);
    assertPushes(text, "unmatched", 0);
    assertPushes(text, "in_flight", 0);
    // 17 begins have no end: 15 of processes that wrote CRITICAL, 2 of processes that were killed.
    assertPushes(text, "failed", 15);
    assertPushes(text, "abandoned", 2);
    assertThat(value(text, failureSeries("exit", "log"))).isEqualTo(13 + 8 + 3);
    assertThat(value(text, failureSeries("signal", "log"))).isZero();
    assertThat(value(text, failureSeries("exit", "fatal"))).as("137 and 143").isEqualTo(2);
    assertThat(value(text, failureSeries("signal", "fatal"))).isZero();
    assertThat(value(text, "walwatch_archive_command_gave_up_total{server=\"main\"}")).isEqualTo(6);
    assertMessages(text, "warning", 0);
    assertMessages(text, "error", 9);
    assertMessages(text, "critical", 8);
    assertThat(text).contains("walwatch_push_last_completed_timestamp_seconds");
  }

  @Test
  void shouldCountAMessageOnceThatTheServerWroteInThreeFormats()
      throws UsageException, InterruptedException {
    String text = once("wal-e/pg_log/*");

    assertPushes(text, "started", 81);
    assertPushes(text, "completed", 64);
    assertFailures(text, "log", 24);
    assertFailures(text, "fatal", 2);
    assertThat(value(text, "walwatch_archive_command_gave_up_total{server=\"main\"}")).isEqualTo(6);
  }

  @Test
  void shouldCountTheRestoredCopyThatWasPromoted() throws UsageException, InterruptedException {
    String text = once("wal-e/pg_log2/*.log");

    assertPushes(text, "started", 4);
    assertPushes(text, "completed", 4);
    assertThat(fetches(text, "started")).isEqualTo(7);
    assertThat(fetches(text, "prefetch_hits")).isEqualTo(29);
    assertFailures(text, "log", 0);
    assertFailures(text, "fatal", 0);
  }

  @Test
  void shouldReadAFileOfTheArchiversOwn() throws UsageException, InterruptedException {
    String text = once("wal-e/wal-e.stderr.log");

    assertPushes(text, "started", 8);
    assertPushes(text, "completed", 8);
    assertMessages(text, "error", 2);
  }

  @Test
  void shouldCountEveryFailureThatTheJournalsOfTheServersHold()
      throws UsageException, InterruptedException {
    assertServer("pg10-default/p-server.log", 12, 2, 4, 0, 0);
    assertServer("pg12-default/p-*.log", 16, 6, 5, 1, 1);
    assertServer("pg13-exec/p-*.log", 8, 3, 2, 0, 1);
    assertServer("pg14-debian/p-*.log", 16, 6, 5, 1, 1);
    assertServer("pg15-debian/p-*.log", 16, 6, 5, 1, 1);
    assertServer("pg16-rds/p-*.log", 13, 6, 4, 1, 1);
    assertServer("pg17-pgbadger/p-*.log", 13, 6, 4, 1, 1);
    assertServer("pg18-default/p-*.log", 22, 6, 7, 1, 1);
    assertServer("pg96-noprefix/p-*.log", 15, 2, 5, 0, 0);
  }

  @Test
  void shouldCountTheFailuresOfThePromotedStandbys() throws UsageException, InterruptedException {
    for (String run :
        List.of(
            "pg10-default",
            "pg12-default",
            "pg13-exec",
            "pg14-debian",
            "pg15-debian",
            "pg16-rds",
            "pg17-pgbadger",
            "pg18-default",
            "pg96-noprefix")) {
      assertServer(run + "/s-*.log", 3, 0, 1, 0, 0);
    }
  }

  @Test
  void shouldCountWhatAServerWroteWhoseDiskWasFull() throws UsageException, InterruptedException {
    String text = once("postgres/diskfull-pg18/pg.log");

    assertThat(value(text, failureSeries("exit", "log"))).isEqualTo(1);
    assertFailures(text, "fatal", 0);
    // The PANIC: the two FATALs after it are of starts on the disk that was still full.
    assertThat(value(text, "walwatch_wal_out_of_space_total{server=\"main\"}")).isEqualTo(1);
    assertThat(value(text, "walwatch_wal_segment_missing_total{server=\"main\"}")).isEqualTo(1);
  }

  private static void assertServer(
      String glob, long log, long fatal, long gaveUp, long notConfigured, long orphans)
      throws UsageException, InterruptedException {
    String text = once("postgres/" + glob);
    assertThat(failures(text, "log")).as(glob + " log").isEqualTo(log);
    assertThat(failures(text, "fatal")).as(glob + " fatal").isEqualTo(fatal);
    assertThat(value(text, "walwatch_archive_command_gave_up_total{server=\"main\"}"))
        .as(glob + " gave up")
        .isEqualTo(gaveUp);
    assertThat(value(text, "walwatch_archive_not_configured_total{server=\"main\"}"))
        .as(glob + " not configured")
        .isEqualTo(notConfigured);
    assertThat(value(text, "walwatch_archive_orphans_removed_total{server=\"main\"}"))
        .as(glob + " orphans")
        .isEqualTo(orphans);
  }

  private static void assertPushes(String text, String what, long expected) {
    String name = "walwatch_push_" + what + (what.equals("in_flight") ? "" : "_total");
    assertThat(value(text, name + "{archiver=\"wal-e\",server=\"main\"}"))
        .as(name)
        .isEqualTo(expected);
  }

  private static void assertMessages(String text, String severity, long expected) {
    assertThat(
            value(
                text,
                "walwatch_archiver_messages_total{archiver=\"wal-e\",server=\"main\",severity=\""
                    + severity
                    + "\"}"))
        .as(severity)
        .isEqualTo(expected);
  }

  private static void assertFailures(String text, String severity, long expected) {
    assertThat(failures(text, severity)).as(severity).isEqualTo(expected);
  }

  private static long failures(String text, String severity) {
    return value(text, failureSeries("exit", severity))
        + value(text, failureSeries("signal", severity));
  }

  private static String failureSeries(String cause, String severity) {
    return "walwatch_archive_command_failures_total{cause=\""
        + cause
        + "\",server=\"main\",severity=\""
        + severity
        + "\"}";
  }

  private static long fetches(String text, String what) {
    return value(
        text,
        "walwatch_fetch_" + what + "_total{action=\"fetch\",archiver=\"wal-e\",server=\"main\"}");
  }

  private static long value(String text, String series) {
    return text.lines()
        .filter(line -> line.startsWith(series + " "))
        .map(line -> (long) Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + series));
  }

  private static String once(String glob) throws UsageException, InterruptedException {
    ServerConfig server =
        new ServerConfig(
            "main",
            Optional.empty(),
            Optional.empty(),
            Optional.of(List.of(TESTDATA.resolve(glob).toAbsolutePath().normalize().toString())));
    AgentConfig usual = AgentConfig.DEFAULT;
    AgentConfig config =
        new AgentConfig(
            usual.listen(),
            usual.webConfig(),
            usual.stateDirectory(),
            usual.pluginDirectory(),
            List.of(server),
            List.of(),
            List.of(),
            List.of(),
            Limits.DEFAULT,
            true);
    Snapshot look =
        OneLook.take(
            config,
            new WatchPlanner(Map.of(), Framings.names()).plan(config),
            Plugins.find(config.pluginDirectory()),
            InstantSource.system());
    return new PrometheusExposition(MetricCatalogue.all()).scrape(look, PrometheusExposition.TEXT);
  }
}
