/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.jobs.JobRunner.Run;
import io.walwatch.it.system.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One job that two users run, in the spool as the agent makes it; the test itself is root. */
@Tag("tools")
@Timeout(120)
class OtherUsersLockIT {
  private final TemporaryTree tree;
  private final Path spool;
  private final Path go;

  OtherUsersLockIT() throws IOException {
    tree = TemporaryTree.create("walwatch-lock");
    Files.setPosixFilePermissions(tree.root(), PosixFilePermissions.fromString("rwxrwxrwx"));
    spool = tree.root().resolve("spool");
    go = tree.root().resolve("go");
  }

  @BeforeEach
  void makeSpool() throws IOException {
    Files.createDirectory(spool);
    Files.setAttribute(spool, "unix:mode", 03733);
  }

  @AfterEach
  void remove() {
    tree.close();
  }

  @Test
  void shouldRefuseARunBesideThatOfAnotherUser() throws Exception {
    Run first = as("backup").shell("base", waiting());
    Patience.await().until(() -> first.output().contains("ready"));
    Run second = as("daemon").shell("base", "echo never");
    assertThat(second.exitCode()).isEqualTo(75);
    assertThat(second.output()).isEmpty();
    Files.createFile(go);
    assertThat(first.exitCode()).isZero();

    Run third = as("daemon").shell("base", "echo again");
    assertThat(third.exitCode()).isZero();
    assertThat(third.errors()).isEmpty();
  }

  @Test
  void shouldRefuseTheOwnerOfTheLockBesideARunOfAnotherUser() throws Exception {
    assertThat(as("backup").shell("base", "true").exitCode()).isZero();
    Run first = as("daemon").shell("base", waiting());
    Patience.await().until(() -> first.output().contains("ready"));

    assertThat(as("backup").shell("base", "echo never").exitCode()).isEqualTo(75);
    first.process().destroyForcibly().waitFor();
    assertThat(as("daemon").shell("base", "echo never").exitCode())
        .as("its command goes on")
        .isEqualTo(75);
    Files.createFile(go);
    // Nor does anything stay behind when it ends.
    Patience.await().until(() -> as("backup").shell("base", "true").exitCode() == 0);
  }

  /** What cannot be a lock does not keep a backup from running. */
  @Test
  void shouldSayThatALockOfAnotherUserCannotBeRead() throws Exception {
    Path lock = Files.createFile(spool.resolve("lock,base"));
    Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-------"));

    Run run = as("daemon").shell("base", "echo done");
    assertThat(run.exitCode()).isZero();
    assertThat(run.errors()).contains("overlapping runs are not prevented");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mkfifo -m 644 lock,base",
        ": >lock,base; chmod 644 lock,base; mkfifo -m 644 lock,base,$(id -u backup)"
      })
  void shouldWaitForNoPipeThatAnotherUserHasPutInPlaceOfALock(String put) throws Exception {
    inSpoolAs("games", put).waitFor();

    Run run = as("backup").shell("base", "echo done");
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).isEqualTo("done\n");
  }

  /** Between a look at a file and its opening, its owner can put something else there. */
  @Test
  void shouldWaitForNoPipeThatComesInPlaceOfALockAtAnyMoment() throws Exception {
    Process swapping =
        inSpoolAs(
            "games",
            "while :; do : >x; chmod 644 x; mv -f x lock,base; mkfifo -m 644 y; mv -f y lock,base;"
                + " done");
    try {
      for (int i = 0; i < 5; i++) {
        Run run = as("backup").shell("base", "echo done");
        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).isEqualTo("done\n");
      }
    } finally {
      swapping.destroyForcibly().waitFor();
    }
  }

  private Process inSpoolAs(String user, String script) throws IOException {
    List<String> command = new ArrayList<>(identity(user));
    command.addAll(List.of("sh", "-c", "cd \"$0\" && " + script, spool.toString()));
    return new ProcessBuilder(command).inheritIO().start();
  }

  private String waiting() {
    return "echo ready; while [ ! -e " + go + " ]; do sleep 0.05; done";
  }

  private JobRunner as(String user) throws IOException {
    return new JobRunner(tree.root(), spool).behind(identity(user));
  }

  private static List<String> identity(String user) {
    return List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
  }
}
