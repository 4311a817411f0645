/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.jobs;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.jobs.JobRunner.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From `walwatch run` to `/metrics`: the agent reads what real jobs leave. */
@Timeout(300)
class JobMetricsIT {
  @TempDir private Path directory;
  private JobRunner runner = new JobRunner(Path.of(""), Path.of(""));

  @BeforeEach
  void prepare() throws IOException {
    Files.createFile(directory.resolve("a.log"));
    Files.writeString(directory.resolve("walwatch.yml"), "jobs:\n  - { name: base, every: 24h }\n");
    runner = new JobRunner(directory, directory.resolve("state/spool/jobs"));
  }

  @Test
  void shouldShowAConfiguredJobThatNeverRan() throws Exception {
    try (AgentProcess agent = serve()) {
      patience().until(() -> page(agent).contains("walwatch_job_spool_success 1.0\n"));
      assertThat(page(agent))
          .contains("walwatch_job_expected_interval_seconds{job_name=\"base\"} 86400.0\n")
          .contains("walwatch_job_running{job_name=\"base\"} 0.0\n")
          .contains("walwatch_job_runs_total{job_name=\"base\",result=\"success\"} 0.0\n")
          .doesNotContain("walwatch_job_last_success_timestamp_seconds{");
    }
  }

  @Test
  void shouldCountSuccessFailureAndLossOnceOverARestart() throws Exception {
    try (AgentProcess agent = serve()) {
      page(agent);
      assertThat(runner.shell("base", "exit 0").exitCode()).isZero();
      assertThat(runner.shell("base", "exit 3").exitCode()).isEqualTo(3);
      Run run = runner.shell("base", "echo ready; sleep 60");
      await().until(() -> run.output().contains("ready"));
      patience().until(() -> page(agent).contains("walwatch_job_running{job_name=\"base\"} 1.0"));
      List<ProcessHandle> left = run.process().descendants().toList();
      run.process().destroyForcibly();
      left.forEach(ProcessHandle::destroyForcibly);
      patience().until(() -> page(agent).contains(runs("base", "lost", 1)));
      assertThat(page(agent))
          .contains(runs("base", "success", 1))
          .contains(runs("base", "failure", 1))
          .contains("walwatch_job_last_exit_code{job_name=\"base\"} 3.0\n")
          .contains("walwatch_job_running{job_name=\"base\"} 0.0\n");
      patience().until(() -> runner.records(".start").isEmpty());
      agent.kill();
    }
    assertThat(runner.shell("base", "exit 0").exitCode()).isZero();
    try (AgentProcess agent = serve()) {
      patience().until(() -> page(agent).contains(runs("base", "success", 2)));
      assertThat(page(agent))
          .contains(runs("base", "failure", 1))
          .contains(runs("base", "lost", 1));
    }
  }

  @Test
  void shouldCountFiftyJobsAtOnce() throws Exception {
    try (AgentProcess agent = serve()) {
      page(agent);
      List<Run> started = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        started.add(runner.shell("job-" + i % 5, "echo " + i, "--overlap", "allow"));
      }
      for (Run run : started) {
        assertThat(run.exitCode()).isZero();
      }
      for (int job = 0; job < 5; job++) {
        String expected = runs("job-" + job, "success", 10);
        patience().until(() -> page(agent).contains(expected));
      }
    }
  }

  /**
   * Fifty at once: one that goes on, 10 refused beside it, 10 that wait for its end and then fail,
   * and 29 of another job, of which every second one fails. Each command that runs says so in a
   * journal of its own.
   */
  @Test
  void shouldCountFiftyAtOnceThatSucceedFailWaitAndAreRefused() throws Exception {
    Path go = directory.resolve("go");
    Path journal = Files.createFile(directory.resolve("journal"));
    String note = " >>" + journal + "; exit ";
    try (AgentProcess agent = serve()) {
      page(agent);
      Run first =
          runner.shell(
              "busy",
              "echo ready; while [ ! -e " + go + " ]; do sleep 0.2; done; echo first" + note + "0");
      patience().until(() -> first.output().contains("ready"));
      List<Run> waiting = new ArrayList<>();
      List<Run> refused = new ArrayList<>();
      List<Run> beside = new ArrayList<>();
      for (int i = 0; i < 29; i++) {
        if (i < 10) {
          waiting.add(runner.shell("busy", "echo waited" + note + "4", "--overlap", "queue"));
          refused.add(runner.shell("busy", "echo never" + note + "0"));
        }
        beside.add(runner.shell("many", "echo many" + note + i % 2, "--overlap", "allow"));
      }
      for (Run run : refused) {
        assertThat(run.exitCode()).isEqualTo(75);
      }
      Files.createFile(go);
      assertThat(first.exitCode()).isZero();
      for (Run run : waiting) {
        assertThat(run.exitCode()).isEqualTo(4);
      }
      for (int i = 0; i < 29; i++) {
        assertThat(beside.get(i).exitCode()).isEqualTo(i % 2);
      }

      assertThat(Files.readAllLines(journal)).hasSize(40);
      assertThat(Files.readAllLines(journal).stream().collect(groupingBy(l -> l, counting())))
          .isEqualTo(Map.of("first", 1L, "waited", 10L, "many", 29L));
      for (String expected :
          List.of(
              runs("busy", "success", 1),
              runs("busy", "failure", 10),
              runs("many", "success", 15),
              runs("many", "failure", 14),
              "walwatch_job_refused_total{job_name=\"busy\"} 10.0\n")) {
        patience().until(() -> page(agent).contains(expected));
      }
    }
  }

  private static String runs(String job, String result, int count) {
    return "walwatch_job_runs_total{job_name=\""
        + job
        + "\",result=\""
        + result
        + "\"} "
        + count
        + ".0\n";
  }

  private static ConditionFactory patience() {
    return await().atMost(Duration.ofSeconds(45)).pollInterval(Duration.ofMillis(100));
  }

  private static String page(AgentProcess agent) {
    agent.scrape();
    return agent.get("/metrics").body();
  }

  private AgentProcess serve() throws IOException {
    return Launcher.packed()
        .serve(
            "--config",
            directory.resolve("walwatch.yml").toString(),
            "--log",
            "main=" + directory.resolve("a.log"),
            "--state-dir",
            directory.resolve("state").toString());
  }
}
