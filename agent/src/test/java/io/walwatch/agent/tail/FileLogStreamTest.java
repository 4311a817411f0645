/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.FileSource.Start.BEGINNING;
import static io.walwatch.agent.tail.FileSource.Start.END;
import static io.walwatch.agent.tail.TestingTail.append;
import static io.walwatch.agent.tail.TestingTail.truncate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One test for each thing that happens to a log in the world. */
class FileLogStreamTest {
  @TempDir Path directory;
  private Path log;

  @BeforeEach
  void setUp() {
    log = directory.resolve("pg.log");
  }

  @Test
  void shouldStartANewSourceAtItsEnd() throws IOException {
    append(log, "old\n");
    TestingTail tail = tail();
    append(log, "new\n");
    assertThat(tail.read().taken()).containsExactly("new");
    assertThat(tail.committedBytes).isEqualTo(4);
    assertThat(tail.committedLines).isEqualTo(1);
  }

  @Test
  void shouldReadFromTheBeginningWhenAsked() throws IOException {
    append(log, "old\n");
    assertThat(new TestingTail(BEGINNING, log.toString()).read().taken()).containsExactly("old");
  }

  @Test
  void shouldReadTheWholeOfALineThatWasHalfWrittenAtTheStart() throws IOException {
    append(log, "old\nhalf");
    TestingTail tail = tail();
    append(log, " whole\n");
    assertThat(tail.read().taken()).containsExactly("half whole");
  }

  @Test
  void shouldHoldAnUnterminatedLineUntilItIsCompleted() throws IOException {
    TestingTail tail = tail();
    append(log, "be");
    assertThat(tail.read().taken()).isEmpty();
    append(log, "gin\n");
    assertThat(tail.read().taken()).containsExactly("begin");
  }

  @Test
  void shouldReadAFileThatAppearsFromItsBeginning() throws IOException {
    TestingTail tail = new TestingTail(END, directory.resolve("pg-*.log").toString());
    tail.read();
    append(directory.resolve("pg-2026-11-22.log"), "first\n");
    append(directory.resolve("other.log"), "other\n");
    assertThat(tail.read().taken()).containsExactly("first");
  }

  @Test
  void shouldReadTheRenamedFileToItsEndBeforeTheNewOne() throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.read();
    append(log, "b\nc");
    Path moved = Files.move(log, directory.resolve("pg.log.1"));
    append(log, "d\n");
    assertThat(tail.read().taken()).containsExactly("a", "b", "d");
    append(moved, "c\nlate\n");
    assertThat(tail.read().taken()).containsExactly("cc", "late");
    assertThat(tail.told).containsExactly("rotated pg.log");
  }

  @Test
  void shouldFlushTheUnterminatedLineWhenTheLastWriterIsSilent() throws IOException {
    TestingTail tail = tail();
    append(log, "a");
    tail.read();
    Files.move(log, directory.resolve("pg.log.1"));
    append(log, "b\n");
    tail.read();
    assertThat(tail.pass(Duration.ofSeconds(9)).taken()).containsExactly("b");
    assertThat(tail.pass(Duration.ofSeconds(2)).taken()).containsExactly("a");
    assertThat(tail.disk.open()).isEqualTo(1);
  }

  @Test
  void shouldFollowAPathThatIsAbsentForAMoment() throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.read();
    Files.move(log, directory.resolve("pg.log.1"));
    tail.pass(Duration.ofSeconds(1));
    append(log, "b\n");
    assertThat(tail.read().taken()).containsExactly("a", "b");
    assertThat(tail.told).contains("rotated pg.log").doesNotContain("unreadable pg.log");
  }

  @Test
  void shouldReadAFileThatWasDeletedAndMadeAgain() throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.read();
    Files.delete(log);
    append(log, "b\n");
    assertThat(tail.read().taken()).containsExactly("a", "b");
  }

  @Test
  void shouldStartOverInAFileThatWasTruncated() throws IOException {
    TestingTail tail = tail();
    append(log, "a long line\n");
    tail.read();
    truncate(log, "b\n");
    assertThat(tail.read().taken()).containsExactly("a long line", "b");
    assertThat(tail.told).containsExactly("truncated pg.log");
  }

  @Test
  void shouldNoticeAFileThatWasTruncatedAndHasRegrownPastTheOffset() throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.read();
    truncate(log, "b\nc\nd\n");
    assertThat(tail.read().taken()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void shouldReadAFileUnderTwoNamesOnce() throws IOException {
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("*.log").toString());
    append(log, "a\n");
    Files.createLink(directory.resolve("hard.log"), log);
    Files.createSymbolicLink(directory.resolve("soft.log"), log);
    assertThat(tail.read().taken()).containsExactly("a");
    assertThat(tail.stream().openFiles()).isEqualTo(1);
  }

  @Test
  void shouldFollowASymbolicLinkThatIsSwitched() throws IOException {
    Path first = directory.resolve("0.log");
    Path second = directory.resolve("1.log");
    append(first, "");
    Files.createSymbolicLink(log, first);
    TestingTail tail = tail();
    append(first, "a\n");
    append(second, "b\n");
    Files.delete(log);
    Files.createSymbolicLink(log, second);
    assertThat(tail.read().taken()).containsExactly("a", "b");
  }

  @Test
  void shouldGoOnAfterARestart() throws IOException {
    TestingTail tail = tail();
    append(log, "a\nb");
    tail.read().restart();
    append(log, "b\nc\n");
    assertThat(tail.read().taken()).containsExactly("a", "bb", "c");
    assertThat(tail.committedBytes).isEqualTo(7);
  }

  @Test
  void shouldReadFilesThatAppearedWhileItWasDown() throws IOException {
    TestingTail tail = new TestingTail(END, directory.resolve("*.log").toString());
    tail.read().restart();
    append(log, "a\n");
    assertThat(tail.read().taken()).containsExactly("a");
  }

  @Test
  void shouldReadAgainAfterARestartWhatTheHandlerHadStillOpen() throws IOException {
    TestingTail tail = tail();
    tail.pendingOffset = 2;
    append(log, "a\nb\nc\n");
    tail.read();
    assertThat(tail.committedBytes).isEqualTo(2);
    assertThat(tail.committedLines).isEqualTo(1);
    tail.restart();
    tail.pendingOffset = Long.MAX_VALUE;
    assertThat(tail.read().taken()).containsExactly("a", "b", "c", "b", "c");
    assertThat(tail.committedBytes).isEqualTo(6);
    assertThat(tail.committedLines).isEqualTo(3);
  }

  @Test
  void shouldTellOnceThatAFileIsDeniedAndReadItWhenItIsAllowed() throws IOException {
    append(log, "before\n");
    TestingTail tail = new TestingTail(END, log.toString());
    tail.disk.deny(log);
    tail.read();
    tail.pass(Duration.ofSeconds(3));
    append(log, "after\n");
    tail.disk.allow(log);
    assertThat(tail.pass(Duration.ofSeconds(3)).taken()).containsExactly("after");
    assertThat(tail.told).containsExactly("unreadable pg.log permission denied", "readable pg.log");
  }

  @Test
  void shouldGoOnWhenTheDiskCanBeReadAgain() throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.disk.breakReads(log);
    tail.pass(Duration.ofSeconds(3));
    assertThat(tail.stream().lagBytes()).isEqualTo(2);
    tail.disk.mend(log);
    assertThat(tail.pass(Duration.ofSeconds(3)).taken()).containsExactly("a");
    assertThat(tail.told)
        .containsSequence("unreadable pg.log Input/output error", "readable pg.log");
  }

  @Test
  void shouldReadADirectoryThatAppearsLater() throws IOException {
    Path later = directory.resolve("later");
    TestingTail tail = new TestingTail(END, later.resolve("*.log").toString());
    tail.read();
    Files.createDirectory(later);
    append(later.resolve("a.log"), "a\n");
    assertThat(tail.pass(Duration.ofSeconds(1)).taken()).containsExactly("a");
    assertThat(tail.stream().watchedDirectories()).contains(later);
  }

  @Test
  void shouldTellTheHandlerOnceThatNothingMoreCame() throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.read();
    assertThat(tail.handlerTold).isEmpty();
    tail.pass(Duration.ofMillis(100)).pass(Duration.ofSeconds(1));
    assertThat(tail.handlerTold).containsExactly("quiet");
  }

  @Test
  void shouldFinishWhatIsOpenWhenNothingMoreIsWanted() throws IOException {
    append(log, "a");
    TestingTail tail = new TestingTail(BEGINNING, log.toString()).read();
    tail.stream().finish();
    assertThat(tail.taken()).containsExactly("a");
    assertThat(tail.handlerTold).containsExactly("end");
  }

  @Test
  void shouldCutALineThatIsLongerThanTheLimit() throws IOException {
    TestingTail tail = tail();
    append(log, "x".repeat(300_000) + "\nshort\n");
    assertThat(tail.read().taken()).containsExactly("x".repeat(64 * 1024), "short");
    assertThat(tail.told).containsExactly("long line pg.log 0");
  }

  @Test
  void shouldReadNoMoreThanItsBudget() throws IOException {
    TestingTail tail = tail();
    append(log, "x\n".repeat(1000));
    assertThat(tail.stream().read(500)).isEqualTo(500);
    assertThat(tail.stream().lagBytes()).isEqualTo(1500);
  }

  private TestingTail tail() throws IOException {
    append(log, "");
    return new TestingTail(END, log.toString()).read();
  }

  @Test
  void shouldWaitForNothingInADirectoryThatThePatternMatches() throws IOException {
    Files.createDirectory(directory.resolve("old.log"));
    TestingTail tail = new TestingTail(END, directory.resolve("*.log").toString()).read();
    append(log, "a\n");
    assertThat(tail.read().restart().read().taken()).containsExactly("a");
    assertThat(tail.stream().lagBytes()).isZero();
    assertThat(tail.told).contains("unreadable old.log not a regular file");
  }

  @Test
  void shouldShowNoFileWhileThePathLeadsNowhere() throws IOException {
    Path log = directory.resolve("gone.log");
    Files.writeString(log, "a\n");
    TestingTail tail = new TestingTail(FileSource.Start.BEGINNING, log.toString()).read();
    assertThat(tail.stream().openFiles()).isEqualTo(1);

    Files.delete(log);

    assertThat(tail.read().stream().openFiles()).isZero();
  }
}
