/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.BackupListRequest;
import io.walwatch.parse.command.CommandListProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes, good ones and every kind of bad one. */
final class CommandListerTest {
  private static final String GOOD =
      "{\"backups\": [{\"name\": \"a\", \"state\": \"ok\", \"finished\":"
          + " \"2026-11-22T02:00:00Z\"}]}";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path directory;

  @Test
  void shouldReadWhatAGoodCommandPrints() throws Exception {
    Look look = look(script("cat <<'E'\n" + GOOD + "\nE"), PATIENCE);

    assertThat(look.problem()).isEmpty();
    assertThat(look.listing().orElseThrow().counts())
        .isEqualTo(Map.of(State.OK, 1L, State.RUNNING, 0L, State.FAILED, 0L));
  }

  @Test
  void shouldReadPastWarnings() throws Exception {
    Look look =
        look(script("echo 'WARNING: old python'; echo oops >&2; echo '" + GOOD + "'"), PATIENCE);

    assertThat(look.problem()).isEmpty();
  }

  @Test
  void shouldNotBelieveAGoodListWithABadExitCode() throws Exception {
    Look look = look(script("echo '" + GOOD + "'; echo 'token expired' >&2; exit 1"), PATIENCE);

    assertThat(look.problem()).endsWith("lister ended with exit code 1");
    assertThat(look.lastOutputLine()).isEqualTo("token expired");
    assertThat(look.listing()).isEmpty();
  }

  /** Barman says on its standard output why there is no list. */
  @Test
  void shouldKeepWhatIsPrintedInPlaceOfAList() throws Exception {
    String error = "{\"_ERROR\": \"no server is called main\"}";

    assertThat(look(script("echo '" + error + "'; exit 1"), PATIENCE).output())
        .isEqualTo("(standard output:)\n" + error + "\n");
    assertThat(look(script("echo '<html>login</html>'; echo odd >&2"), PATIENCE).output())
        .isEqualTo("(standard output:)\n<html>login</html>\n(standard error:)\nodd\n");
    Look much =
        look(script("head -c 100000 /dev/zero | tr '\\0' s; echo ' end'; exit 1"), PATIENCE);
    assertThat(much.output()).isEqualTo("(standard output:)\nend\n");
    assertThat(much.lastOutputLine()).isEqualTo("end");
  }

  @Test
  void shouldNotTakeAnEmptyListForAnAnswer() throws Exception {
    assertThat(look(script("exit 0"), PATIENCE).problem()).endsWith("the output is empty");
    assertThat(look(script("echo '{\"backups\": []}'"), PATIENCE).problem())
        .startsWith("the list is empty");
  }

  @Test
  void shouldSayWhatAPageInsteadOfAListLooksLike() throws Exception {
    assertThat(look(script("echo '<html>login</html>'"), PATIENCE).problem())
        .endsWith("the output holds no JSON; it begins with \"<html>login</html>\"");
  }

  @Test
  void shouldShowNoPartOfAPasswordOfWhatItCuts() throws Exception {
    String url = "error connecting to postgres://backup:Sup3rS3cretPasswordThatIsLong@db/x";

    assertThat(look(script("echo '" + url + "'"), PATIENCE).problem())
        .endsWith("it begins with \"error connecting to…\"");
    String long64KiB = "head -c 65530 /dev/zero | tr '\\0' s; ";
    assertThat(
            look(
                    script(
                        "{ printf 'db://u:'; " + long64KiB + "echo '@db/x is away'; } >&2; exit 1"),
                    PATIENCE)
                .output())
        .isEqualTo("is away\n");
  }

  @Test
  void shouldSayThatTheFormatHasChanged() throws Exception {
    assertThat(look(script("echo '{\"version\": 2, \"items\": []}'"), PATIENCE).problem())
        .contains("the list has no \"backups\"")
        .contains("format is not the one that is known");
  }

  @Test
  @Timeout(60)
  void shouldStopACommandThatPrintsForEver() throws Exception {
    Look look = look(script("exec yes '[warning] not json'"), PATIENCE);

    assertThat(look.problem()).endsWith("printed more than 16777216 bytes and was stopped");
  }

  @Test
  @Timeout(60)
  void shouldKillACommandThatHangsWithAllThatItStarted() throws Exception {
    Path pids = directory.resolve("pids");
    Look look =
        look(
            script("sleep 1000 & echo $! >>" + pids + "; echo $$ >>" + pids + "; wait"),
            Duration.ofSeconds(1));

    assertThat(look.problem()).endsWith("did not end within 1 s and was killed");
    assertThat(Files.readAllLines(pids)).hasSize(2).allSatisfy(CommandListerTest::awaitEnd);
  }

  @Test
  @Timeout(60)
  void shouldKillWhatACommandLeavesBehind() throws Exception {
    Path pid = directory.resolve("pid");
    Look look =
        look(
            script("sleep 1000 >/dev/null 2>&1 & echo $! >" + pid + "; echo '" + GOOD + "'"),
            PATIENCE);

    assertThat(look.problem()).isEmpty();
    assertThat(Files.readAllLines(pid)).hasSize(1).allSatisfy(CommandListerTest::awaitEnd);
  }

  @Test
  @Timeout(60)
  void shouldCountWhatACommandPrintedThoughWhatItLeavesInAnotherSessionHoldsThePipe()
      throws Exception {
    Path pid = directory.resolve("pid");
    Look look =
        look(script("setsid sleep 1000 & echo $! >" + pid + "; echo '" + GOOD + "'"), PATIENCE);

    assertThat(look.problem()).isEmpty();
    assertThat(look.listing()).isPresent();
    assertThat(Files.readAllLines(pid)).hasSize(1).allSatisfy(CommandListerTest::awaitEnd);
  }

  /** As one of another user would be: without the mark, and in another session. */
  @Test
  @Timeout(60)
  void shouldNotWaitForWhatCannotBeFound() throws Exception {
    Path pid = directory.resolve("pid");
    String leave = "env -i setsid sleep 1000 & echo $! >" + pid + "; ";
    try {
      assertThat(look(script(leave + "echo '" + GOOD + "'"), PATIENCE).problem()).isEmpty();
    } finally {
      kill(pid);
    }
    try {
      assertThat(look(script(leave + "sleep 1000"), Duration.ofSeconds(1)).problem())
          .endsWith("did not end within 1 s and was killed");
    } finally {
      kill(pid);
    }
  }

  @Test
  @Timeout(60)
  void shouldKillWhatHangsInASessionOfItsOwn() throws Exception {
    Path pid = directory.resolve("pid");
    Look look =
        look(script("setsid sleep 1000 & echo $! >" + pid + "; sleep 1000"), Duration.ofSeconds(1));

    assertThat(look.problem()).endsWith("did not end within 1 s and was killed");
    assertThat(Files.readAllLines(pid)).hasSize(1).allSatisfy(CommandListerTest::awaitEnd);
  }

  @Test
  @Timeout(60)
  void shouldReadWhatAPartOfTheCommandPrintsAfterItsEnd() throws Exception {
    Look look =
        look(
            script("( while [ -d /proc/$$ ]; do :; done; echo '" + GOOD + "' ) & exit 0"),
            PATIENCE);

    assertThat(look.problem()).isEmpty();
  }

  @Test
  void shouldSayThatAProgramIsMissingOrNotExecutable() throws Exception {
    Path plain = Files.writeString(directory.resolve("plain"), "#!/bin/sh\n");

    assertThat(look("/nowhere/lister", PATIENCE).problem())
        .isEqualTo("/nowhere/lister does not exist");
    assertThat(look("no-such-lister", PATIENCE).problem())
        .startsWith("no-such-lister was not found in PATH (");
    assertThat(look(plain.toString(), PATIENCE).problem())
        .isEqualTo(plain + " may not be executed by this user: chmod +x");
  }

  @Test
  void shouldRunWithTheLowestPriorityInASessionOfItsOwnWithoutInput() throws Exception {
    Path seen = directory.resolve("seen");
    look(script("{ nice; cut -d' ' -f5,6 /proc/$$/stat; wc -c; } >" + seen), PATIENCE);

    List<String> lines = Files.readAllLines(seen);
    assertThat(lines.get(0)).isEqualTo("19");
    String[] groupAndSession = lines.get(1).split(" ", -1);
    assertThat(groupAndSession[0]).isEqualTo(groupAndSession[1]);
    assertThat(Long.parseLong(groupAndSession[0])).isNotEqualTo(ProcessHandle.current().pid());
    assertThat(lines.get(2)).isEqualTo("0");
  }

  private Look look(String program, Duration timeout) throws InterruptedException {
    try (Launcher launcher = Launcher.create()) {
      Lister lister =
          new CommandLister(
              new CommandListProvider(),
              new BackupListRequest(Map.of(), List.of(program)),
              launcher,
              timeout,
              () -> WalGeometry.DEFAULT,
              Map::of,
              Duration.ofMinutes(15),
              InstantSource.system());
      return Look.take(lister, InstantSource.system());
    }
  }

  private String script(String text) throws IOException {
    Path script = directory.resolve("lister");
    Files.writeString(script, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script.toString();
  }

  private static void kill(Path pid) throws IOException {
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  /** A process that was killed ends when the kernel gets to it; one that was not never does. */
  private static void awaitEnd(String pid) {
    while (isAlive(pid) && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    assertThat(isAlive(pid)).isFalse();
  }

  /** A zombie is dead; its parent may not have looked yet. */
  private static boolean isAlive(String pid) {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException gone) {
      return false;
    }
  }
}
