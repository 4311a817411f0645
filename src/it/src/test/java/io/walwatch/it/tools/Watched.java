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
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A set of backups that a packed agent lists with the real tool, and the job that makes them. */
final class Watched implements AutoCloseable {
  private static final String JOB = "job_name=base";

  private final DebianServer server;
  private final Path state;
  private final Path wrapper;
  private final AgentProcess agent;

  private Watched(DebianServer server, Path state, Path wrapper, AgentProcess agent) {
    this.server = server;
    this.state = state;
    this.wrapper = wrapper;
    this.agent = agent;
  }

  /**
   * Starts the agent.
   *
   * @param list the command that lists, run as the user postgres
   */
  static Watched start(DebianServer server, String provider, List<String> list) throws IOException {
    Path config = server.root().resolve("walwatch.yml");
    Files.writeString(
        config,
        String.format(
            Locale.ROOT,
            """
        backups:
          - { name: base, provider: %s, every: 10s, command: [%s] }
        jobs:
          - { name: base, every: 24h }
        """,
            provider,
            String.join(", ", PostgresUser.command(list))));
    // The user postgres need not be able to reach the tree that was built.
    Path wrapper = server.root().resolve("walwatch-run");
    Launcher launcher = Launcher.packed();
    Files.copy(
        launcher.home().resolve("bin/walwatch-run"), wrapper, StandardCopyOption.COPY_ATTRIBUTES);
    Path state = server.root().resolve("state");
    AgentProcess agent =
        launcher.serve("--config", config.toString(), "--state-dir", state.toString());
    Watched watched = new Watched(server, state, wrapper, agent);
    watched.await(scrape -> assertThat(scrape.sum("walwatch_job_spool_success")).isEqualTo(1));
    return watched;
  }

  /** Runs the tool as a job of the user postgres, who is another one than the agent's. */
  int backup(List<String> command) throws IOException, InterruptedException {
    return PostgresUser.run(server.errors(), job(command)).exitCode();
  }

  /** The same in the background. */
  Process startBackup(List<String> command) throws IOException {
    return PostgresUser.start(server.errors(), job(command));
  }

  private List<String> job(List<String> command) {
    List<String> line = new ArrayList<>(List.of("sh", wrapper.toString(), "--job", "base"));
    line.addAll(List.of("--spool", state.resolve("spool/jobs").toString(), "--"));
    line.addAll(command);
    return line;
  }

  /** Something about what is shown. */
  @FunctionalInterface
  interface Expectation {
    void check(Scrape scrape) throws Exception;
  }

  /** Waits until what is shown is as expected. */
  void await(Expectation expectation) {
    Patience.await().untilAsserted(() -> expectation.check(agent.scrape()));
  }

  /** Waits until the last run of the job is shown to have ended so. */
  void awaitJob(int exitCode, Map<String, Integer> runs) {
    await(
        scrape -> {
          assertThat(scrape.value("walwatch_job_last_exit_code", JOB)).hasValue(exitCode);
          assertThat(scrape.sum("walwatch_job_running", JOB)).isZero();
          runs.forEach(
              (result, count) ->
                  assertThat(scrape.value("walwatch_job_runs_total", JOB, "result=" + result))
                      .as(result)
                      .hasValue(count));
        });
  }

  /** What must stand on the page of the failures. */
  void assertFailure(String text) {
    assertThat(agent.get("/failures").body()).contains(text);
  }

  @Override
  public void close() {
    agent.close();
  }
}
