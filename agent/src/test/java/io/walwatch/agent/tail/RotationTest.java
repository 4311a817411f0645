/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.FileSource.Start.BEGINNING;
import static io.walwatch.agent.tail.FileSource.Start.END;
import static io.walwatch.agent.tail.TestingTail.append;
import static io.walwatch.agent.tail.TestingTail.truncate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no open descriptor shows: each test is one event in the world, named after it. */
class RotationTest {
  @TempDir Path directory;
  private Path log;
  private Path first;
  private Path second;

  @BeforeEach
  void setUp() {
    log = directory.resolve("pg.log");
    first = directory.resolve("pg.log.1");
    second = directory.resolve("pg.log.2");
  }

  @Test
  void shouldFinishGenerationsThatWereRotatedAwayWhileItWasDown() throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.read();
    append(log, "b\n");
    Files.move(log, second);
    append(first, "c\n");
    append(log, "d\n");
    assertThat(tail.restart().read().taken()).containsExactly("a", "b", "c", "d");
    assertThat(tail.lostBytes).isZero();
  }

  @Test
  void shouldGoOnAtTheRightByteInAGenerationThatWasCompressedWhileItWasDown() throws IOException {
    TestingTail tail = tail();
    append(log, "read\n");
    tail.read();
    append(log, "unread\n");
    compress(log, directory.resolve("pg.log.1.gz"));
    append(log, "new\n");
    assertThat(tail.restart().read().taken()).containsExactly("read", "unread", "new");
  }

  @Test
  void shouldReadADatedFileThatCameAndWasCompressedWhileItWasDown() throws IOException {
    Path monday = directory.resolve("pg-01.log");
    Path tuesday = directory.resolve("pg-02.log");
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("pg-*.log").toString());
    append(monday, "monday\n");
    tail.read();
    append(tuesday, "tuesday\n");
    compress(tuesday, directory.resolve("pg-02.log.gz"));
    compress(monday, directory.resolve("pg-01.log.gz"));
    append(directory.resolve("pg-03.log"), "wednesday\n");
    assertThat(tail.restart().read().taken()).containsExactly("monday", "tuesday", "wednesday");
  }

  @Test
  void shouldReadAFileThatCameAndWasRotatedAwayBetweenTwoLooks() throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.read();
    Files.move(log, second);
    append(first, "b\n");
    append(log, "c\n");
    assertThat(tail.read().taken()).containsExactly("a", "b", "c");
  }

  @Test
  void shouldNotReadAgainWhatIsCompressedAfterItWasRead() throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.read();
    Files.move(log, first);
    append(log, "b\n");
    tail.read();
    tail.pass(Duration.ofSeconds(11));
    compress(first, directory.resolve("pg.log.2.gz"));
    Files.move(log, first);
    append(log, "c\n");
    assertThat(tail.read().restart().read().taken()).containsExactly("a", "b", "c");
  }

  @Test
  void shouldReadTheRestOfWhatWasCopiedAndTruncatedFromTheCopy() throws IOException {
    TestingTail tail = tail();
    append(log, "read\nha");
    tail.read();
    append(log, "lf\nunread\n");
    copyTruncate();
    append(log, "new\n");
    assertThat(tail.read().taken()).containsExactly("read", "half", "unread", "new");
    assertThat(tail.lostBytes).isZero();
    assertThat(tail.told).containsExactly("truncated pg.log");
  }

  @Test
  void shouldReadTheRestFromTheCopyAlsoWhenTheFileHasRegrown() throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.read();
    append(log, "b\n");
    copyTruncate();
    append(log, "c\nd\ne\nf\n");
    assertThat(tail.read().taken()).containsExactly("a", "b", "c", "d", "e", "f");
  }

  @Test
  void shouldNotSpeakOfTruncationWhereAnInodeHasAnotherContentAndNothingIsLost()
      throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.read();
    truncate(log, "b\n");
    assertThat(tail.restart().pass(Duration.ofSeconds(5)).taken()).containsExactly("a", "b");
    assertThat(tail.told).isEmpty();
  }

  @Test
  void shouldFindTheCopyThatWasMadeWhileItWasDown() throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.read();
    append(log, "b\n");
    copyTruncate();
    append(log, "c\nd\n");
    assertThat(tail.restart().read().taken()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void shouldReadOnceWhatWasCopiedAndNotYetTruncatedWhileItWasDown() throws IOException {
    TestingTail tail = tail();
    append(log, "a\nb\n");
    Files.copy(log, first);
    assertThat(tail.restart().read().taken()).containsExactly("a", "b");
    truncate(log, "");
    append(log, "c\n");
    assertThat(tail.read().taken()).containsExactly("c");
    assertThat(tail.lostBytes).isZero();
  }

  @Test
  void shouldReadACopyThatThePatternMatchesAsWellOnce() throws IOException {
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("pg.log*").toString());
    append(log, "a\nb\n");
    tail.read();
    Files.copy(log, first);
    tail.read();
    append(log, "c\n");
    Files.copy(log, first, StandardCopyOption.REPLACE_EXISTING);
    truncate(log, "d\n");
    assertThat(tail.read().restart().read().taken()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void shouldFollowFilesToNamesThatThePatternMatchesAsWell() throws IOException {
    TestingTail tail = new TestingTail(BEGINNING, directory.resolve("pg.log*").toString());
    append(log, "a\n");
    tail.read();
    Files.move(log, first);
    append(log, "b\n");
    tail.read();
    tail.pass(Duration.ofSeconds(11));
    Files.move(first, second);
    Files.move(log, first);
    append(log, "c\n");
    append(second, "late\n");
    tail.read();
    assertThat(tail.restart().read().taken()).containsExactlyInAnyOrder("a", "b", "late", "c");
    assertThat(tail.told).containsOnly("rotated pg.log", "rotated pg.log.1");
  }

  @Test
  void shouldCountWhatWasTruncatedBeforeItWasRead() throws IOException {
    TestingTail tail = tail();
    append(log, "0123456789\n0123456789\n");
    tail.stream().read(11);
    truncate(log, "b\n");
    assertThat(tail.read().taken()).containsExactly("0123456789", "b");
    assertThat(tail.lostBytes).isEqualTo(11);
  }

  @Test
  void shouldCountWhatWasGoneWithItsFileWhileItWasDown() throws IOException {
    TestingTail tail = tail();
    append(log, "0123456789\n0123456789\n");
    tail.stream().read(11);
    StreamPosition position = tail.stream().position();
    Files.delete(log);
    append(log, "b\n");
    assertThat(tail.restart(position).read().taken()).containsExactly("0123456789", "b");
    assertThat(tail.lostBytes).isEqualTo(11);
  }

  @Test
  void shouldCountTheEndOfAFileThatShrank() throws IOException {
    TestingTail tail = tail();
    append(log, "a\nb\nc\n");
    tail.stream().read(2);
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      channel.truncate(4);
    }
    assertThat(tail.read().taken()).containsExactly("a", "b");
    assertThat(tail.lostBytes).isEqualTo(2);
  }

  @Test
  void shouldNotGoOnInAnotherFileThatGotTheSameInode() throws IOException {
    TestingTail tail = tail();
    append(log, "the first file, of some length\n");
    tail.read();
    StreamPosition position = tail.stream().position();
    FileIdentity old = position.files().get(0).identity();
    append(log, "");
    truncate(log, "the second file, longer than the first one was\nend\n");
    assertThat(tail.stream().position().files().get(0).identity().inode()).isEqualTo(old.inode());
    assertThat(tail.restart(position).read().taken())
        .containsExactly(
            "the first file, of some length",
            "the second file, longer than the first one was",
            "end");
  }

  @Test
  void shouldGoOnAfterABootThatGaveTheDeviceAnotherNumber() throws IOException {
    TestingTail tail = tail();
    append(log, "a\n");
    tail.read();
    List<FilePosition> moved = new ArrayList<>();
    for (FilePosition p : tail.stream().position().files()) {
      FileIdentity i = p.identity();
      FileIdentity other =
          new FileIdentity(i.device() + 1, i.inode() + 1, i.headLengthBytes(), i.headCrc());
      moved.add(
          new FilePosition(p.path(), other, p.offsetBytes(), p.sizeBytes(), p.modifiedMillis()));
    }
    append(log, "b\n");
    assertThat(tail.restart(StreamPosition.ofFiles(moved)).read().taken())
        .containsExactly("a", "b");
  }

  @Test
  void shouldNotReadAgainWhatAppearsWhenItsDiskIsMountedLate() throws IOException {
    Path mounted = directory.resolve("mounted");
    Files.createDirectory(mounted);
    append(mounted.resolve("pg.log"), "a\n");
    TestingTail tail = new TestingTail(BEGINNING, mounted.resolve("*.log").toString());
    tail.read();
    Path away = directory.resolve("away");
    Files.move(mounted, away);
    Files.createDirectory(mounted);
    tail.restart().pass(Duration.ofMinutes(10));
    Files.delete(mounted);
    Files.move(away, mounted);
    append(mounted.resolve("pg.log"), "b\n");
    assertThat(tail.pass(Duration.ofSeconds(10)).taken()).containsExactly("a", "b");
  }

  private TestingTail tail() throws IOException {
    append(log, "");
    return new TestingTail(END, log.toString()).read();
  }

  private void copyTruncate() throws IOException {
    Files.copy(log, first, StandardCopyOption.REPLACE_EXISTING);
    truncate(log, "");
  }

  private static void compress(Path file, Path target) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
      Files.copy(file, out);
    }
    Files.setLastModifiedTime(target, Files.getLastModifiedTime(file));
    Files.delete(file);
  }
}
