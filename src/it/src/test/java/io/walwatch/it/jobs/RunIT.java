/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walwatch.it.agent.Launcher;
import io.walwatch.it.jobs.JobRunner.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job notices of being run by walwatch (nothing), and what is recorded of it. */
@Timeout(120)
class RunIT {
  @TempDir private Path directory;
  private Path spool = Path.of("");
  private JobRunner runner = new JobRunner(Path.of(""), Path.of(""));

  @BeforeEach
  void prepare() throws IOException {
    spool = Files.createDirectory(directory.resolve("spool"));
    runner = new JobRunner(directory, spool);
  }

  @Test
  void shouldPassOutputAndExitCodeThrough() throws Exception {
    Run run = runner.shell("base", "echo to stdout; echo to stderr >&2; exit 3");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.output()).isEqualTo("to stdout\n");
    assertThat(run.errors()).isEqualTo("to stderr\n");
    assertThat(runner.record(".end")).contains("\ncode=3\n");
    assertThat(runner.record(".out")).contains("to stdout\n").contains("to stderr\n");
  }

  @Test
  void shouldRecordTheStartBeforeTheCommandStarts() throws Exception {
    Run run = runner.shell("base", "ls " + spool);
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).contains(".start\n").doesNotContain(".end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP", "QUIT", "USR1", "USR2"})
  void shouldPassSignalsOn(String signal) throws Exception {
    Run run =
        runner.shell(
            "base",
            "trap 'echo got it; exit 9' " + signal + "; echo ready; while :; do sleep 0.05; done");
    await().until(() -> run.output().contains("ready"));
    run.signal(signal);
    assertThat(run.exitCode()).isEqualTo(9);
    assertThat(run.output()).endsWith("got it\n");
    assertThat(runner.record(".end")).contains("\ncode=9\n");
  }

  @Test
  void shouldTellOfACommandThatWasKilled() throws Exception {
    Run run = runner.shell("base", "echo last words; kill -9 $$");
    assertThat(run.exitCode()).isEqualTo(128 + 9);
    assertThat(runner.record(".end")).contains("\ncode=137\n");
    assertThat(runner.record(".out")).isEqualTo("last words\n");
  }

  @Test
  void shouldTellOfACommandThatDoesNotExist() throws Exception {
    Run run = runner.start(List.of("--job", "base", "--", "/nonexistent/tool"));
    assertThat(run.exitCode()).isEqualTo(127);
    assertThat(run.errors()).contains("/nonexistent/tool");
    assertThat(runner.record(".out")).contains("/nonexistent/tool");
  }

  @Test
  void shouldEndACommandAndItsChildrenAfterTheTimeOut() throws Exception {
    Run run =
        runner.shell(
            "base",
            "trap '' TERM; sh -c \"trap '' TERM; echo child; sleep 600\" & wait; sleep 600",
            "--timeout",
            "15s",
            "--kill-after",
            "1s");
    await().until(() -> run.output().contains("child"));
    List<ProcessHandle> all = descendants(run);
    assertThat(all).isNotEmpty();
    assertThat(run.exitCode()).isEqualTo(124);
    assertThat(runner.record(".end")).contains("\ncode=124\ntimed_out=yes\n");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void shouldKeepTheEndOfAHundredMegabytesAndPassAllOfThemOn() throws Exception {
    Run run = runner.shell("base", "head -c 100000000 /dev/zero | tr '\\000' x; echo; echo END");
    assertThat(run.exitCode()).isZero();
    assertThat(Files.size(run.out())).isEqualTo(100_000_005);
    String kept = runner.record(".out");
    assertThat(kept).hasSize(65_536).endsWith("x\nEND\n");
  }

  @Test
  void shouldNotTouchStdoutThatIsData() throws Exception {
    Run run = runner.shell("base", "echo data; echo message >&2", "--output", "stderr");
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).isEqualTo("data\n");
    assertThat(runner.record(".out")).isEqualTo("message\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tee", "tail"})
  void shouldGoOnWhenARecorderIsKilled(String tool) throws Exception {
    Path go = directory.resolve("go");
    Run run =
        runner.shell(
            "base",
            "echo ready; while [ ! -e " + go + " ]; do sleep 0.05; done; seq 100000; exit 4");
    await().until(() -> run.output().contains("ready"));
    List<ProcessHandle> tools =
        descendants(run).stream().filter(child -> isTool(child, tool)).toList();
    assertThat(tools).isNotEmpty();
    tools.forEach(ProcessHandle::destroyForcibly);
    await().until(() -> tools.stream().noneMatch(ProcessHandle::isAlive));
    Files.createFile(go);

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.output()).startsWith("ready\n1\n2\n").endsWith("99999\n100000\n");
    assertThat(runner.record(".end")).contains("\ncode=4\n");
  }

  @Test
  void shouldLeaveAStartWithoutAnEndWhenItIsKilled() throws Exception {
    Run run = runner.shell("base", "echo ready; sleep 60");
    await().until(() -> run.output().contains("ready"));
    List<ProcessHandle> left = descendants(run);
    run.process().destroyForcibly().waitFor();

    assertThat(runner.records(".start")).hasSize(1);
    assertThat(runner.records(".end")).isEmpty();
    left.forEach(ProcessHandle::destroyForcibly);
    await().until(() -> left.stream().noneMatch(ProcessHandle::isAlive));
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "file"})
  void shouldRunTheJobWhereNothingCanBeRecorded(String place) throws Exception {
    Path wrong = directory.resolve(place);
    if (place.equals("file")) {
      Files.createFile(wrong);
    }
    Path slept = directory.resolve("slept");
    Run run =
        new JobRunner(directory, wrong)
            .withTool("sleep", "touch " + slept + "; exec /bin/sleep \"$@\"")
            .shell("base", "echo done; exit 5");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(slept).as("it waits for no record").doesNotExist();
    assertThat(run.output()).isEqualTo("done\n");
    assertThat(run.errors()).contains("not recorded").contains(wrong.toString());
  }

  @Test
  void shouldRunTheJobWithoutJava() throws Exception {
    Path tools = Files.createDirectories(directory.resolve("java/bin"));
    Path called = directory.resolve("called");
    JobRunner.tool(tools.resolve("java"), "touch " + called + "; exit 1");
    ProcessBuilder builder =
        new ProcessBuilder(
                Launcher.packed().home().resolve("bin/walwatch").toString(),
                "run",
                "--spool=" + spool,
                "--job=base",
                "--",
                "sh",
                "-c",
                "exit 6")
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", directory.resolve("java").toString());
    builder.environment().merge("PATH", tools.toString(), (old, own) -> own + ":" + old);
    assertThat(builder.start().waitFor()).isEqualTo(6);
    assertThat(runner.records(".end")).hasSize(1);
    assertThat(called).doesNotExist();
  }

  /** Anybody may write into the spool: the tools tell when, and how the files will be called. */
  @Test
  void shouldWriteThroughNoLinkOfAnother() throws Exception {
    Path victim = Files.writeString(directory.resolve("victim"), "untouched");
    String link = "ln -s " + victim + " '" + spool + "/job,base,1763800000-'$PPID-0a1b2c3d.";
    Run run =
        runner
            .withTool("od", "echo ' 0a1b2c3d'")
            .withTool(
                "date",
                "{ " + link + "start.tmp; " + link + "start; } 2>/dev/null; echo 1763800000")
            .shell("base", "exit 3");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(runner.records(".start")).filteredOn(file -> !Files.isSymbolicLink(file)).hasSize(1);
    assertThat(victim).hasContent("untouched");
  }

  @Test
  void shouldRefuseASecondRunAndQueueAThird() throws Exception {
    Path go = directory.resolve("go");
    Run first = runner.shell("base", "echo ready; while [ ! -e " + go + " ]; do sleep 0.05; done");
    await().until(() -> first.output().contains("ready"));

    Run second = runner.shell("base", "echo never");
    assertThat(second.exitCode()).isEqualTo(75);
    assertThat(second.output()).isEmpty();
    assertThat(runner.records(".refused")).hasSize(1);

    Run other = runner.shell("other", "echo beside");
    assertThat(other.exitCode()).isZero();

    Run third = runner.shell("base", "ls " + spool, "--overlap", "queue");
    await().until(() -> descendants(third).stream().anyMatch(child -> isTool(child, "flock")));
    Files.createFile(go);
    assertThat(first.exitCode()).isZero();
    assertThat(third.exitCode()).isZero();
    assertThat(third.output()).containsPattern("job,base,.*\\.end\n");
  }

  @Test
  void shouldRefuseARunWhileTheCommandOfAKilledOneGoesOn() throws Exception {
    Run first = runner.shell("base", "echo ready; sleep 60");
    await().until(() -> first.output().contains("ready"));
    List<ProcessHandle> left = descendants(first);
    first.process().destroyForcibly().waitFor();
    assertThat(runner.shell("base", "echo never").exitCode()).isEqualTo(75);

    left.forEach(ProcessHandle::destroyForcibly);
    await().until(() -> left.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(runner.shell("base", "echo again").exitCode()).isZero();
  }

  @Test
  void shouldNotWaitForADaemonThatKeepsTheOutputOpen() throws Exception {
    Run run = runner.shell("base", "sleep 600 & echo $!");
    assertThat(run.exitCode()).isZero();
    assertThat(runner.record(".end")).contains("\ncode=0\n");
    ProcessHandle daemon = ProcessHandle.of(Long.parseLong(run.output().strip())).orElseThrow();
    assertThat(daemon.isAlive()).isTrue();
    daemon.destroyForcibly();
    await().until(() -> runner.records(".out").size() == 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--jobb base -- true",
        "--job base",
        "--job -x -- true",
        "--job a,b -- true",
        "--job base --timeout soon -- true",
        "--job base --overlap maybe -- true",
        "-- true"
      })
  void shouldRefuseAWrongCommandLine(String arguments) throws Exception {
    Run run = runner.start(Stream.of(arguments.split(" ")).toList());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).startsWith("walwatch: ").contains("--help").hasLineCount(1);
  }

  /** All processes below a run's, with those that it leaves behind when it is killed. */
  private static List<ProcessHandle> descendants(Run run) {
    return run.process().descendants().toList();
  }

  private static boolean isTool(ProcessHandle process, String tool) {
    return process.info().command().map(path -> path.endsWith("/" + tool)).orElse(false);
  }
}
