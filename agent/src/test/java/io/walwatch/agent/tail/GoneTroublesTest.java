/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.FileSource.Start.BEGINNING;
import static io.walwatch.agent.tail.TestingTail.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was wrong with files that are deleted. */
final class GoneTroublesTest {
  private static final Duration A_MOMENT = Duration.ofSeconds(3);

  @TempDir private Path directory;

  @Test
  void shouldForgetThatALogCannotBeReadOnceItIsDeleted() throws IOException {
    Path dated = directory.resolve("pg-1.log");
    append(dated, "secret\n");
    append(directory.resolve("pg-2.log"), "open\n");
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("pg-*.log").toString());
    tail.disk.deny(dated);
    tail.read().pass(A_MOMENT).pass(A_MOMENT);
    assertThat(tail.told).containsExactly("unreadable pg-1.log permission denied");

    Files.delete(dated);
    tail.pass(A_MOMENT).pass(A_MOMENT);

    assertThat(tail.told).contains("gone pg-1.log").doesNotContain("readable pg-1.log");
  }

  @Test
  void shouldForgetWhatWasNoFileOnceItIsGone() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("old.log"));
    append(directory.resolve("new.log"), "line\n");
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("*.log").toString());
    tail.read();
    assertThat(tail.told).containsExactly("unreadable old.log not a regular file");

    Files.delete(folder);
    tail.pass(A_MOMENT).pass(A_MOMENT);

    assertThat(tail.told).contains("gone old.log");
  }

  @Test
  void shouldTellOfLinksThatMatchAndLeadNowhere() throws IOException {
    append(directory.resolve("pg-1.log"), "line\n");
    Path dangling = Files.createSymbolicLink(directory.resolve("pg-2.log"), Path.of("gone"));
    Path circle = Files.createSymbolicLink(directory.resolve("pg-3.log"), Path.of("pg-3.log"));
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("pg-*.log").toString());
    tail.read();
    assertThat(tail.told).isEmpty();

    tail.pass(A_MOMENT).pass(A_MOMENT).pass(A_MOMENT);
    assertThat(tail.told)
        .containsExactlyInAnyOrder(
            "unreadable pg-2.log a link to what does not exist",
            "unreadable pg-3.log links that lead in a circle");

    append(directory.resolve("gone"), "found\n");
    Files.delete(circle);
    tail.pass(A_MOMENT).pass(A_MOMENT);
    assertThat(tail.told).contains("readable pg-2.log", "gone pg-3.log");
    assertThat(tail.taken()).contains("found");
    Files.delete(dangling);
  }

  @Test
  void shouldForgetADirectoryThatCouldNotBeListedOnceItIsGone() throws IOException {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("*/*.log").toString());
    tail.disk.deny(closed);
    tail.read();
    assertThat(tail.told).contains("unreadable closed permission denied");

    Files.delete(closed);
    tail.pass(Duration.ofSeconds(6)).pass(A_MOMENT);

    assertThat(tail.told).contains("gone closed");
  }

  @Test
  void shouldGoOnToMissWhatWasAskedForByName() throws IOException {
    TestingTail tail =
        new TestingTail(
            BEGINNING,
            directory.resolve("pg.log").toString(),
            directory.resolve("none-*.log").toString(),
            directory.resolve("absent/*.log").toString());
    tail.read().pass(A_MOMENT).pass(A_MOMENT);

    assertThat(tail.told)
        .contains("unreadable pg.log no such file or directory")
        .contains("unreadable none-*.log no file matches")
        .contains("unreadable absent no such file or directory")
        .noneMatch(told -> told.startsWith("gone"));
  }

  @Test
  void shouldNotTellTwiceOfALogThatIsAwayForAMoment() throws IOException {
    Path log = directory.resolve("pg-1.log");
    append(log, "secret\n");
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("pg-*.log").toString());
    tail.disk.deny(log);
    tail.read();
    Path away = directory.resolve("away");
    Files.move(log, away);
    tail.pass(Duration.ofSeconds(1));
    Files.move(away, log);
    tail.pass(A_MOMENT);

    assertThat(tail.told)
        .filteredOn(told -> told.endsWith("pg-1.log permission denied"))
        .hasSize(1);
    assertThat(tail.told).doesNotContain("gone pg-1.log");
  }

  @Test
  void shouldForgetThatAFileIsDamagedOnceItIsGivenUp() throws IOException {
    Path log = directory.resolve("pg-1.log");
    append(log, "line\n");
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("pg-*.log").toString());
    tail.disk.breakReads(log);
    tail.read();
    append(log, "more\n");
    tail.read();
    assertThat(tail.told).contains("unreadable pg-1.log Input/output error");

    Files.delete(log);
    tail.read().pass(Duration.ofMinutes(10)).pass(Duration.ofMinutes(10));

    assertThat(tail.told).contains("gone pg-1.log");
  }

  @Test
  void shouldShowNoMoreTroublesThanItRemembers() {
    List<String> shown = new ArrayList<>();
    Troubles troubles =
        new Troubles(
            new Uncounted() {
              @Override
              public void unreadable(String path, String problem) {
                shown.add(path);
              }

              @Override
              public void gone(String path) {
                shown.remove(path);
              }
            },
            () -> 0);

    for (int i = 0; i < LastUsed.LIMIT + 2; i++) {
      troubles.failed(String.valueOf(i), new IOException("denied"));
    }

    assertThat(shown).hasSize(LastUsed.LIMIT).doesNotContain("0", "1");
  }
}
