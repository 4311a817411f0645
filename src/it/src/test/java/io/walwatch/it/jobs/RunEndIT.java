/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walwatch.it.agent.Launcher;
import io.walwatch.it.jobs.JobRunner.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a job ends: with children that stay behind, by its time-out, by its user. */
@Timeout(120)
class RunEndIT {
  @TempDir private Path directory;
  private Path spool = Path.of("");
  private JobRunner runner = new JobRunner(Path.of(""), Path.of(""));

  @BeforeEach
  void prepare() throws IOException {
    spool = Files.createDirectory(directory.resolve("spool"));
    runner = new JobRunner(directory, spool);
  }

  @Test
  void shouldRecordTheOutputAlthoughAChildKeepsItOpen() throws Exception {
    Path go = directory.resolve("go");
    Path survived = directory.resolve("survived");
    String child =
        "while [ ! -e " + go + " ]; do sleep 0.05; done; echo a; echo b; echo > " + survived;
    Run run = runner.shell("base", "echo IMPORTANT; (" + child + ") & exit 3");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(runner.record(".out")).isEqualTo("IMPORTANT\n");
    assertThat(runner.record(".end")).contains("\ncode=3\n");
    Files.createFile(go);
    await().until(() -> Files.exists(survived));
    await().until(() -> run.output().equals("IMPORTANT\na\nb\n"));
    assertThat(spool).isDirectoryNotContaining(file -> file.toString().contains(".tmp"));
    assertThat(runner.records(".out")).hasSize(1);
  }

  @Test
  void shouldKillWhatIsLeftOfACommandThatItsTimeOutHasEnded() throws Exception {
    Run run =
        runner.shell(
            "base",
            "(trap '' TERM; echo $$ child; exec sleep 600) & wait",
            "--timeout",
            "5s",
            "--kill-after",
            "1s");
    await().until(() -> run.output().contains("child"));
    List<ProcessHandle> all = run.process().descendants().toList();

    assertThat(run.exitCode()).isEqualTo(124);
    assertThat(runner.record(".out")).endsWith(" child\n");
    await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** It is in neither the group nor the session of the command, and its parent has ended. */
  @Test
  void shouldEndAChildThatHasMadeASessionOfItsOwnAfterTheTimeOut() throws Exception {
    Run run =
        runner.shell(
            "base",
            "(setsid sh -c 'echo $$; exec sleep 600' &); sleep 600",
            "--timeout",
            "5s",
            "--kill-after",
            "5s");
    await().until(() -> run.output().contains("\n"));
    ProcessHandle child = ProcessHandle.of(Long.parseLong(run.output().strip())).orElseThrow();

    assertThat(run.exitCode()).isEqualTo(124);
    await().until(() -> !child.isAlive());
  }

  /** A machine that slept, or a debugger. */
  @Test
  void shouldNotTakeACommandThatHasEndedForOneThatItsTimeOutHasEnded() throws Exception {
    Path go = directory.resolve("go");
    Run run =
        runner.shell(
            "base",
            "echo ready; while [ ! -e " + go + " ]; do sleep 0.05; done",
            "--timeout",
            "10s");
    await().until(() -> run.output().contains("ready"));
    ProcessHandle timer =
        run.process()
            .descendants()
            .filter(
                child -> child.info().arguments().map(List::of).orElse(List.of()).contains("10"))
            .filter(child -> child.children().findAny().isPresent())
            .findAny()
            .orElseThrow();
    run.signal("STOP");
    Files.createFile(go);
    await().atMost(30, TimeUnit.SECONDS).until(() -> timer.children().findAny().isEmpty());
    run.signal("CONT");

    assertThat(run.exitCode()).isZero();
    assertThat(runner.record(".end")).contains("\ncode=0\ntimed_out=\n");
  }

  /** The command is in another session then, where the terminal does not reach it. */
  @Test
  void shouldEndACommandWithATimeOutByTheTerminal() throws Exception {
    Path ready = directory.resolve("ready");
    String command =
        "dash "
            + Launcher.packed().home().resolve("bin/walwatch-run")
            + " --spool "
            + spool
            + " --job base --timeout 10m -- sh -c 'echo > "
            + ready
            + "; sleep 600'";
    Process terminal =
        new ProcessBuilder("env", "--default-signal=INT", "script", "-qec", command, "/dev/null")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().until(() -> Files.exists(ready));
    terminal.getOutputStream().write(3);
    terminal.getOutputStream().flush();

    await().until(() -> !runner.records(".end").isEmpty());
    assertThat(runner.record(".end")).contains("\ncode=130\n");
    terminal.destroy();
  }
}
