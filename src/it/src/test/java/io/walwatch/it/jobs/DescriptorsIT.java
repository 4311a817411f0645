/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.jobs.JobRunner.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a job is handed above stdin, stdout and stderr, such as a passphrase. */
@Timeout(120)
class DescriptorsIT {
  @TempDir private Path directory;
  private Path spool = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    spool = Files.createDirectory(directory.resolve("spool"));
    Files.writeString(directory.resolve("secret"), "from a file\n");
  }

  @Test
  void shouldPassTwoOnAndRecordEverything() throws Exception {
    JobRunner runner = with("3<secret 9<secret");
    Run run = runner.shell("base", "cat <&3; cat <&9; echo end >&2; exit 3");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.output()).isEqualTo("from a file\nfrom a file\n");
    assertThat(run.errors()).isEqualTo("end\n");
    assertThat(runner.record(".out")).contains("from a file\n").contains("end\n");
    assertThat(runner.record(".end")).contains("\ncode=3\n");
    assertThat(spool.resolve("lock,base")).isNotEmptyFile();
  }

  @Test
  void shouldPassFiveOnAndSayThatTheOutputIsNotRecorded() throws Exception {
    JobRunner runner = with("3<secret 4<secret 5<secret 6<secret 7<secret");
    Run run = runner.shell("base", "for i in 3 4 5 6 7; do cat <&$i; done");

    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).isEqualTo("from a file\n".repeat(5));
    assertThat(run.errors()).hasLineCount(1).contains("output of this run is not recorded");
    assertThat(runner.record(".end")).contains("\ncode=0\n");
    assertThat(spool.resolve("lock,base")).isNotEmptyFile();
  }

  @Test
  void shouldSayWhichIsNotPassedOnWhereAllAreOpen() throws Exception {
    JobRunner runner = with("3<secret 4<secret 5<secret 6<secret 7<secret 8<secret 9<secret");
    Run run = runner.shell("base", "for i in 3 4 5 6 7 8; do cat <&$i; done; exit 3");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.output()).isEqualTo("from a file\n".repeat(6));
    assertThat(run.errors()).contains("descriptor 9 is not passed on");
    assertThat(runner.record(".end")).contains("\ncode=3\n");
  }

  @Test
  void shouldLeaveNoneOfItsOwnOpenInTheJob() throws Exception {
    Run run =
        with("")
            .shell("base", "for i in 3 4 5 6 7 8 9; do [ ! -e /proc/$$/fd/$i ] || echo $i; done");

    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).isEmpty();
  }

  private JobRunner with(String redirections) throws IOException {
    String script = "cd " + directory + " && exec \"$@\" " + redirections;
    return new JobRunner(directory, spool).behind(List.of("sh", "-c", script, "sh"));
  }
}
