/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.jobs.JobRunner.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A state directory on a disk that is really full never keeps a backup from running. The disk is a
 * small tmpfs that only the job's processes see, so that it is gone with them; as root.
 */
@Tag("tools")
@Timeout(120)
class FullSpoolIT {
  /** The job and its outcome; FILL fills the disk, whenever it comes. */
  private static final String FILL = "head -c 4m /dev/zero >\"$SPOOL/fill\" 2>/dev/null; ";

  @TempDir private Path directory;
  private Path spool = Path.of("");

  @BeforeEach
  void makeSpool() throws IOException {
    spool = Files.createDirectory(directory.resolve("spool"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"size=64k", "size=1m,nr_inodes=2"})
  void shouldRunTheJobOnADiskThatIsFull(String limit) throws Exception {
    Run run = runner(limit, FILL).shell("base", "echo done; echo why >&2; exit 5");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.output()).isEqualTo("done\n");
    assertThat(run.errors()).contains("not recorded").endsWith("why\n");
  }

  @Test
  void shouldPassEverythingOnWhenTheDiskFillsUpMeanwhile() throws Exception {
    Run run =
        runner("size=256k", "")
            .shell("base", "SPOOL=" + spool + "; " + FILL + "seq 100000; exit 5");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.output()).startsWith("1\n2\n").endsWith("99999\n100000\n");
    assertThat(run.errors()).contains("recorded");
  }

  @Test
  void shouldEndAJobByItsTimeOutOnAFullDisk() throws Exception {
    Run run = runner("size=64k", FILL).shell("base", "echo begun; sleep 600", "--timeout", "1s");

    assertThat(run.exitCode()).isEqualTo(124);
    assertThat(run.output()).isEqualTo("begun\n");
  }

  private JobRunner runner(String limit, String before) throws IOException {
    String script =
        "SPOOL=$0; mount -t tmpfs -o "
            + limit
            + " none \"$SPOOL\" || exit 99; "
            + before
            + "exec \"$@\"";
    return new JobRunner(directory, spool)
        .behind(List.of("unshare", "--mount", "sh", "-c", script, spool.toString()));
  }
}
