/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.jobs.JobRunner.Run;
import io.walwatch.it.system.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The agent runs as one user without rights, jobs run as another one, who is not in its group. Both
 * users are there on every Debian; the test itself is root.
 */
@Tag("tools")
@Timeout(180)
class OtherUsersJobsIT {
  private static final String JOB = "job_name=base";

  private final TemporaryTree tree;
  private final Path state;
  private final Path spool;
  private final JobRunner runner;

  OtherUsersJobsIT() throws IOException {
    tree = TemporaryTree.create("walwatch-users");
    Files.setPosixFilePermissions(tree.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
    state = tree.root().resolve("state");
    spool = state.resolve("spool/jobs");
    runner = new JobRunner(tree.root(), spool).behind(as("backup"));
  }

  @BeforeEach
  void makeStateDirectory() throws IOException {
    Files.createDirectory(state);
    Files.setOwner(
        state,
        state.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("daemon"));
    Files.writeString(tree.root().resolve("walwatch.yml"), "jobs: [{ name: base, every: 24h }]\n");
  }

  @AfterEach
  void remove() {
    tree.close();
  }

  @Test
  void shouldTellOfJobsOfAnotherUser() throws Exception {
    try (AgentProcess agent = serve()) {
      await(agent, "walwatch_job_spool_success", 1);
      shouldTellOfAFailureWithWhatItWrote(agent);
      shouldTellOfASuccess(agent);
      shouldTellOfARunThatWasKilled(agent);
    }
  }

  @Test
  void shouldLetNobodySeeWhatOthersHaveRun() throws Exception {
    try (AgentProcess agent = serve()) {
      await(agent, "walwatch_job_spool_success", 1);
    }
    // Nobody reads it now, so that what is written stays.
    assertThat(runner.shell("base", "exit 0").exitCode()).isZero();
    Run look = runner.shell("look", "ls " + spool + "; cat " + spool + "/* ");
    assertThat(look.exitCode()).isNotZero();
    assertThat(look.output()).isEmpty();
    Path record = runner.records(".end").get(0);
    PosixFileAttributes attributes =
        Files.readAttributes(record, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    assertThat(attributes.owner().getName()).isEqualTo("backup");
    assertThat(attributes.group().getName()).isEqualTo("daemon");
    assertThat(PosixFilePermissions.toString(attributes.permissions())).isEqualTo("rw-r-----");
  }

  private void shouldTellOfAFailureWithWhatItWrote(AgentProcess agent) throws Exception {
    Run run = runner.shell("base", "echo I am $(id -un); exit 3");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.output()).isEqualTo("I am backup\n");
    assertThat(run.errors()).isEmpty();
    await(agent, "walwatch_job_runs_total", 1, JOB, "result=failure");
    await(agent, "walwatch_job_last_exit_code", 3, JOB);
    Patience.await().until(() -> agent.get("/failures").body().contains("job base: exit code 3"));
  }

  private void shouldTellOfASuccess(AgentProcess agent) throws Exception {
    assertThat(runner.shell("base", "exit 0").exitCode()).isZero();
    await(agent, "walwatch_job_runs_total", 1, JOB, "result=success");
  }

  private void shouldTellOfARunThatWasKilled(AgentProcess agent) throws Exception {
    Run run = runner.shell("base", "echo ready; sleep 60");
    Patience.await().until(() -> run.output().contains("ready"));
    await(agent, "walwatch_job_running", 1, JOB);
    List<ProcessHandle> left = run.process().descendants().toList();
    run.process().destroyForcibly();
    left.forEach(ProcessHandle::destroyForcibly);
    await(agent, "walwatch_job_runs_total", 1, JOB, "result=lost");
    await(agent, "walwatch_job_running", 0, JOB);
    Patience.await().until(() -> runner.records(".start").isEmpty());
  }

  private static void await(AgentProcess agent, String name, double value, String... labels) {
    Patience.await()
        .untilAsserted(
            () -> assertThat(agent.scrape().value(name, labels)).as(name).hasValue(value));
  }

  private static List<String> as(String user) {
    return List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
  }

  /** From a copy that its user can reach. */
  private AgentProcess serve() throws Exception {
    Launcher packed = Launcher.packed();
    Path home = tree.root().resolve("walwatch");
    Process copy =
        new ProcessBuilder("cp", "-r", packed.home().toString(), home.toString())
            .inheritIO()
            .start();
    assertThat(copy.waitFor()).isZero();
    return new Launcher(home, packed.environment(), as("daemon"))
        .serve(
            "--config",
            tree.root().resolve("walwatch.yml").toString(),
            "--state-dir",
            state.toString());
  }
}
