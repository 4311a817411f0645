/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.FileSource.Start.END;
import static io.walwatch.agent.tail.TestingTail.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A path that is a link to a file that is rotated in another directory, as those of Kubernetes. */
class LinkedLogTest {
  @TempDir Path directory;
  private Path pods;
  private Path target;
  private Path link;
  private TestingTail tail;

  @BeforeEach
  void setUp() throws IOException {
    pods = Files.createDirectory(directory.resolve("pods"));
    target = pods.resolve("0.log");
    link = Files.createDirectory(directory.resolve("link")).resolve("x.log");
    append(target, "");
    Files.createSymbolicLink(link, target);
    tail = new TestingTail(END, link.toString()).read();
    append(target, "a\n");
    assertThat(tail.read().taken()).containsExactly("a");
  }

  @Test
  void shouldReadGenerationsThatCameAndWentBesideTheFileBetweenTwoLooks() throws IOException {
    rotateTwice();
    assertThat(tail.read().taken()).containsExactly("b", "c", "d");
    assertThat(tail.restart().read().taken()).isEmpty();
  }

  @Test
  void shouldReadGenerationsThatCameAndWentBesideTheFileWhileItWasDown() throws IOException {
    rotateTwice();
    assertThat(tail.restart().read().taken()).containsExactly("b", "c", "d");
  }

  @Test
  void shouldReadGenerationsThatWereCompressedBesideTheFileWhileItWasDown() throws IOException {
    rotateTwice();
    compress(pods.resolve("0.log.20261129-010101"));
    compress(pods.resolve("0.log.20261129-020202"));
    assertThat(tail.restart().read().taken()).containsExactly("b", "c", "d");
    assertThat(tail.lostBytes).isZero();
  }

  @Test
  void shouldFindTheFileWhereTheLinkLeadsToNoneYet() throws IOException {
    append(target, "b\n");
    Files.move(target, pods.resolve("0.log.20261129-010101"));
    assertThat(tail.restart().read().taken()).containsExactly("b");
  }

  @Test
  void shouldFinishTheFileWhenTheLinkLeadsElsewhereAfterARestart() throws IOException {
    append(target, "b\n");
    Path next = pods.resolve("1.log");
    append(next, "c\n");
    Files.delete(link);
    Files.createSymbolicLink(link, next);
    assertThat(tail.restart().read().taken()).containsExactly("b", "c");
  }

  private void rotateTwice() throws IOException {
    append(target, "b\n");
    Files.move(target, pods.resolve("0.log.20261129-010101"));
    append(target, "c\n");
    Files.move(target, pods.resolve("0.log.20261129-020202"));
    append(target, "d\n");
  }

  private static void compress(Path file) throws IOException {
    Path target = file.resolveSibling(file.getFileName() + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
      Files.copy(file, out);
    }
    Files.setLastModifiedTime(target, Files.getLastModifiedTime(file));
    Files.delete(file);
  }
}
