/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.jobs.JobRunner.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anybody may put anything into the spool; none of it keeps a job from running. */
@Timeout(120)
class HostileSpoolIT {
  @TempDir private Path directory;
  private Path spool = Path.of("");
  private JobRunner runner = new JobRunner(Path.of(""), Path.of(""));

  @BeforeEach
  void prepare() throws IOException {
    spool = Files.createDirectory(directory.resolve("spool"));
    runner = new JobRunner(directory, spool);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkfifo lock,base",
        "mkdir lock,base",
        "ln -s /dev/zero lock,base",
        "ln -s lock,base lock,base",
        "mkfifo pipe; ln -s pipe lock,base"
      })
  void shouldRunAJobWithoutALockWhereSomethingElseHasItsName(String put) throws Exception {
    inSpool(put);

    Run run = runner.shell("base", "echo done; exit 3");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.output()).isEqualTo("done\n");
    assertThat(run.errors()).contains("overlapping runs are not prevented");
    assertThat(runner.record(".end")).contains("\ncode=3\n");
  }

  @Test
  void shouldRunAJobBesideALockThatMayNotBeWritten() throws Exception {
    Path lock = Files.createFile(spool.resolve("lock,base"));
    Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("r--r--r--"));

    Run run = runner.shell("base", "echo done");

    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).isEqualTo("done\n");
  }

  /** Whoever sees the names of a run on command lines can put pipes where the next files belong. */
  @ParameterizedTest
  @ValueSource(strings = {"start.tmp", "end.tmp", "out.tmp"})
  void shouldWaitForNoPipeUnderTheNameOfAPart(String part) throws Exception {
    String pipe = "mkfifo '" + spool + "/job,base,1763800000-'$PPID-0a1b2c3d." + part;

    Run run =
        runner
            .withTool("od", "echo ' 0a1b2c3d'")
            .withTool("date", pipe + " 2>/dev/null; echo 1763800000")
            .shell("base", "echo done; exit 3");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(runner.record(".end")).contains("\ncode=3\n");
    assertThat(runner.record(".out")).isEqualTo("done\n");
  }

  private void inSpool(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", "cd \"$0\" && " + script, spool.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }
}
