/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static io.walwatch.agent.app.ReloadableAgents.completed;
import static io.walwatch.agent.app.ReloadableAgents.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole agents that read their configuration anew. The test itself writes and counts records. */
@Timeout(120)
final class ReloadTest {
  private static final String WORKED = "walwatch_config_last_reload_successful 1.0";
  private static final String FAILED = "walwatch_config_last_reload_successful 0.0";

  @TempDir private Path directory;
  private ReloadableAgents agents = new ReloadableAgents(Path.of(""));
  private int pushes;

  @BeforeEach
  void prepare() throws IOException {
    agents = new ReloadableAgents(directory);
    Files.createDirectory(directory.resolve("plugins"));
    Files.createDirectories(directory.resolve("q/archive_status"));
    Files.createDirectories(directory.resolve("r/archive_status"));
    Files.createFile(directory.resolve("a.log"));
    Files.createFile(directory.resolve("b.log"));
  }

  @Test
  void shouldLoseNothingAndReadNothingTwiceOfWhatStays() throws Exception {
    write(servers("a.log", ""));
    try (Agent agent = agents.start()) {
      agents.await(agent, lines("main/log", 0));
      for (int round = 1; round <= 20; round++) {
        String text = record();
        int half = text.length() * round / 21;
        append("a.log", text.substring(0, half));
        // Each time another limit, so that each time the log is opened anew, amid a record.
        write(servers("a.log", "limits: { line: " + (64 + round) + "KiB }\n"));
        assertThat(agents.reload(agent).statusCode()).isEqualTo(200);
        append("a.log", text.substring(half));
      }
      push("a.log");
      agents.await(agent, completed("main", 21));
      assertThat(agents.metrics(agent))
          .contains(lines("main/log", 4 * 21))
          .contains("walwatch_source_lost_bytes_total{source=\"main/log\"} 0.0\n")
          .contains("walwatch_internal_errors_total 0.0\n");
    }
  }

  @Test
  void shouldBeginAtTheEndOfASourceThatAReloadBrings() throws Exception {
    write(servers("a.log", ""));
    push("a.log");
    push("b.log");
    try (Agent agent = agents.start()) {
      agents.await(agent, lines("main/log", 0));
      write(
          servers(
              "a.log",
              "sources:\n  - { name: second, server: main, files: ["
                  + directory.resolve("b.log")
                  + "] }\n"));
      assertThat(agents.reload(agent).statusCode()).isEqualTo(200);
      agents.await(agent, lines("second", 0));
      push("b.log");
      agents.await(agent, lines("second", 4));
      agents.await(agent, completed("main", 1));
    }
  }

  @Test
  void shouldWatchAServerThatAReloadBringsAndNoLongerOneThatItTakesAway() throws Exception {
    write(servers("a.log", ""));
    try (Agent agent = agents.start()) {
      push("a.log");
      agents.await(agent, lines("main/log", 0));
      push("a.log");
      agents.await(agent, completed("main", 1));
      write(servers("b.log", "").replace("main", "other").replace("q/archive", "r/archive"));
      Files.createFile(directory.resolve("r/archive_status/000000010000000000000001.ready"));
      HttpResponse<String> answer = agents.reload(agent);
      assertThat(answer.body())
          .isEqualTo(
              """
              The new configuration holds.
              no longer reading main/log
              no longer watching the server main
              """);
      agents.await(agent, "walwatch_archive_ready_files{kind=\"segment\",server=\"other\"} 1.0");
      assertThat(agents.metrics(agent))
          .doesNotContain("server=\"main\"")
          .doesNotContain("main/log");

      // Meanwhile something is written: after the next reload it is read, and counters go on.
      push("a.log");
      write(servers("a.log", ""));
      assertThat(agents.reload(agent).statusCode()).isEqualTo(200);
      agents.await(agent, completed("main", 2));
      agents.await(agent, lines("main/log", 8));
    }
  }

  @Test
  void shouldKeepCountersOfASourceThatAnEarlierReloadTookAwayOverARestart() throws Exception {
    write(servers("a.log", ""));
    try (Agent agent = agents.start()) {
      agents.await(agent, lines("main/log", 0));
      push("a.log");
      agents.await(agent, completed("main", 1));
      write(servers("b.log", ""));
      assertThat(agents.reload(agent).statusCode()).isEqualTo(200);
    }
    push("a.log");
    write(servers("a.log", ""));
    try (Agent agent = agents.start()) {
      agents.await(agent, completed("main", 2));
    }
  }

  @Test
  void shouldGoOnWithTheOldConfigurationWhereTheNewOneIsWrong() throws Exception {
    write(servers("a.log", ""));
    try (Agent agent = agents.start();
        LogCapture said = LogCapture.open()) {
      agents.await(agent, WORKED);
      write(servers("a.log", "limits: { line: 3 parsecs }\njobz: []\n"));
      HttpResponse<String> answer = agents.reload(agent);
      String file = directory.resolve("walwatch.yml").toString();
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body())
          .startsWith("Not reloaded:\n" + file + ", line 7, column 17: limits.line: \"3 parsecs\" ")
          .contains(file + ", line 8, column 1: unknown key \"jobz\"");
      agents.await(agent, FAILED);
      assertThat(said.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith("ERROR The configuration is not reloaded, the old one holds: ")
                      .contains(file + ", line 7, column 17: limits.line:"));
      push("a.log");
      agents.await(agent, completed("main", 1));

      write(servers("a.log", ""));
      assertThat(agents.reload(agent).statusCode()).isEqualTo(200);
      agents.await(agent, WORKED);
    }
  }

  @Test
  void shouldRefuseTheWholeOfItWhereAnAddressIsTaken() throws Exception {
    write(servers("a.log", ""));
    try (Agent agent = agents.start();
        DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      write(
          servers(
              "b.log",
              "sources:\n  - { name: s, server: main, syslog: \"udp://" + address + "\" }\n"));
      HttpResponse<String> answer = agents.reload(agent);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("cannot listen for syslog messages on " + address);
      agents.await(agent, FAILED);
      push("a.log");
      agents.await(agent, completed("main", 1));
    }
  }

  @Test
  void shouldSayByNameWhatOnlyARestartCanChange() throws Exception {
    write(servers("a.log", ""));
    try (Agent agent = agents.start()) {
      write(servers("a.log", "").replace(": state\n", ": elsewhere\n").replace(":0\n", ":1\n"));
      HttpResponse<String> answer = agents.reload(agent);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .contains("listen: [127.0.0.1:1] needs a restart, [127.0.0.1:0] holds until then\n")
          .contains("state_directory: " + directory.resolve("elsewhere") + " needs a restart, ")
          .doesNotContain("plugins");
      agents.await(agent, WORKED);
    }
  }

  @Test
  void shouldTakeUpJobsAndBackups() throws Exception {
    write(servers("a.log", "jobs:\n  - { name: base, every: 1d }\n"));
    Path tar = Files.writeString(directory.resolve("x.tar"), "x");
    Files.setLastModifiedTime(tar, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    try (Agent agent = agents.start()) {
      agents.await(agent, "walwatch_job_expected_interval_seconds{job_name=\"base\"} 86400.0");
      write(
          servers(
              "a.log",
              """
              jobs:
                - { name: base, every: 2d }
              backups:
                - { name: tars, provider: directory, files: "x*.tar", every: 10s }
              """));
      assertThat(agents.reload(agent).statusCode()).isEqualTo(200);
      agents.await(agent, "walwatch_job_expected_interval_seconds{job_name=\"base\"} 172800.0");
      String tars = "{backup=\"tars\",provider=\"directory\"";
      agents.await(agent, "walwatch_backups" + tars + ",state=\"ok\"} 1.0");
      write(
          servers(
              "a.log",
              "backups:\n  - { name: tars, provider: directory, files: \"y*.tar\", every: 10s,"
                  + " expect: { every: 3d } }\n"));
      assertThat(agents.reload(agent).statusCode()).isEqualTo(200);
      agents.await(agent, "walwatch_backup_expected_interval_seconds" + tars + "} 259200.0");
      write(servers("a.log", ""));
      assertThat(agents.reload(agent).statusCode()).isEqualTo(200);
      agents.awaitNot(agent, "backup=\"tars\"");
    }
  }

  @Test
  void shouldNotReloadOverHttpUnlessItIsSwitchedOn() throws Exception {
    write(servers("a.log", "").replace("http_reload: true", "http_reload: false"));
    try (Agent agent = agents.start()) {
      HttpResponse<String> answer = agents.reload(agent);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body())
          .contains("systemctl reload walwatch")
          .contains("http_reload: true")
          .contains("WALWATCH_HTTP_RELOAD");

      // SIGHUP always does, and can switch it on.
      write(servers("a.log", ""));
      agent.reload();
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (agents.reload(agent).statusCode() == 403) {
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
      assertThat(agents.get(agent, "/-/reload").statusCode()).isEqualTo(405);
    }
  }

  private static String servers(String log, String more) {
    return """
        state_directory: state
        plugins: plugins
        listen: 127.0.0.1:0
        http_reload: true
        servers:
          - { name: main, archive_status: q/archive_status, logs: [LOG] }
        """
            .replace("LOG", log)
        + more;
  }

  private void write(String text) throws IOException {
    Files.writeString(directory.resolve("walwatch.yml"), text);
  }

  /** A push that begins and completes: two records of two lines. */
  private void push(String log) throws IOException {
    append(log, record());
  }

  private void append(String log, String text) throws IOException {
    Files.writeString(directory.resolve(log), text, StandardOpenOption.APPEND);
  }

  private String record() {
    pushes++;
    String segment = String.format(Locale.ROOT, "0000000100000000%08X", pushes);
    StringBuilder text = new StringBuilder();
    for (String state : new String[] {"begin", "complete"}) {
      String what =
          state.equals("begin") ? "begin archiving a file" : "completed archiving to a file ";
      text.append("wal_e.worker.upload INFO     MSG: ").append(what);
      text.append("\n        STRUCTURED: time=2026-11-22T09:08:15.52791").append(pushes % 10);
      text.append("-00 pid=").append(pushes).append(" action=push-wal key=s3://b/wal_005/");
      text.append(segment).append(".lzo prefix= ");
      text.append(state.equals("begin") ? "" : "rate=20. ");
      text.append("seg=").append(segment).append(" state=").append(state).append('\n');
    }
    return text.toString();
  }
}
