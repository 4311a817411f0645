/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.FileSource.Start.END;
import static io.walwatch.agent.tail.TestingTail.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that came and were rotated away before anybody saw them at their path, of which nothing was
 * known by then; and those that lay there before us, which are not to be taken for such.
 */
class FirstGenerationTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_700_000_000_000L);

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
  void shouldReadTheFirstFileThatCameAndWasRotatedAwayWhileItWasDown() throws IOException {
    TestingTail tail = new TestingTail(END, log.toString()).read();
    rotated("a\n");
    append(log, "b\n");
    assertThat(tail.restart().read().taken()).containsExactly("a", "b");
    assertThat(tail.restart().read().taken()).isEmpty();
  }

  @Test
  void shouldReadTheFirstFileThatCameAndWasRotatedAwayBetweenTwoLooks() throws IOException {
    TestingTail tail = new TestingTail(END, log.toString()).read();
    rotated("a\n");
    append(log, "b\n");
    assertThat(tail.read().taken()).containsExactly("a", "b");
    assertThat(tail.restart().read().taken()).isEmpty();
  }

  @Test
  void shouldReadTheFirstFileAlsoWhereAnotherIsRead() throws IOException {
    Path other = directory.resolve("other.log");
    append(other, "");
    TestingTail tail = new TestingTail(END, directory.resolve("*.log").toString()).read();
    append(other, "other\n");
    assertThat(tail.read().taken()).containsExactly("other");
    rotated("a\n");
    append(log, "b\n");
    assertThat(tail.read().taken()).containsExactly("a", "b");
  }

  @Test
  void shouldReadTheFirstFileWhereNothingIsAtItsPathYet() throws IOException {
    TestingTail plain = new TestingTail(END, log.toString()).read();
    TestingTail glob = new TestingTail(END, directory.resolve("*.log").toString()).read();
    rotated("a\n");
    assertThat(plain.read().taken()).containsExactly("a");
    assertThat(glob.read().taken()).containsExactly("a");
    append(log, "b\n");
    assertThat(plain.read().taken()).containsExactly("b");
    assertThat(glob.read().taken()).containsExactly("b");
  }

  @Test
  void shouldSearchAlsoBesideALinkThatLeadsInACircle() throws IOException {
    Path circle = directory.resolve("circle.log");
    Files.createSymbolicLink(circle, circle);
    TestingTail tail = new TestingTail(END, directory.resolve("*.log").toString()).read();
    rotated("a\n");
    append(log, "b\n");
    assertThat(tail.read().taken()).containsExactly("a", "b");
    assertThat(tail.told).doesNotContain("readable pg.log").noneMatch(t -> t.contains("levels"));
  }

  @Test
  void shouldNotReadWhatLayThereBeforeItWasStartedForTheFirstTime() throws IOException {
    rotated("history\n");
    Files.setLastModifiedTime(first, LONG_AGO);
    TestingTail tail = new TestingTail(END, log.toString()).read();
    append(log, "a\n");
    assertThat(tail.read().restart().read().taken()).containsExactly("a");

    TestingTail down = new TestingTail(END, directory.resolve("*.log").toString()).read();
    Files.move(log, second);
    append(log, "b\n");
    append(directory.resolve("new.log"), "new\n");
    assertThat(down.restart().read().taken()).containsExactlyInAnyOrder("b", "new");
  }

  @Test
  void shouldNotReadWhatLayThereBeforeAVersionThatKnewNoTime() throws IOException {
    rotated("history\n");
    TestingTail tail = new TestingTail(END, log.toString()).read();
    tail.restart(StreamPosition.ofFiles(List.of()));
    append(log, "a\n");
    assertThat(tail.read().taken()).containsExactly("a");
  }

  @Test
  void shouldReadAnUnseenGenerationThatWasCompressedUnderAPatternThatMatchesAll()
      throws IOException {
    TestingTail tail = rotatedTwiceAndCompressed();
    assertThat(tail.read().taken()).containsExactly("a", "b", "c");
    assertThat(tail.restart().read().taken()).isEmpty();
  }

  @Test
  void shouldReadAnUnseenGenerationThatWasCompressedUnderAPatternThatMatchesAllAfterARestart()
      throws IOException {
    assertThat(rotatedTwiceAndCompressed().restart().read().taken()).containsExactly("a", "b", "c");
  }

  private TestingTail rotatedTwiceAndCompressed() throws IOException {
    TestingTail tail = new TestingTail(END, directory.resolve("pg.log*").toString()).read();
    append(log, "a\n");
    tail.read();
    Files.move(log, second);
    rotated("b\n");
    compress(first, directory.resolve("pg.log.1.gz"));
    append(log, "c\n");
    return tail;
  }

  private void rotated(String text) throws IOException {
    append(log, text);
    Files.move(log, first);
  }

  private static void compress(Path file, Path target) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
      Files.copy(file, out);
    }
    Files.setLastModifiedTime(target, Files.getLastModifiedTime(file));
    Files.delete(file);
  }
}
