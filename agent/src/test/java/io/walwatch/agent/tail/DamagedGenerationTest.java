/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static io.walwatch.agent.tail.FileSource.Start.END;
import static io.walwatch.agent.tail.TestingTail.append;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rotated generation that was cut or damaged while it was compressed, beside a log that lives.
 */
class DamagedGenerationTest {
  private static final Duration OVER = Duration.ofMinutes(6);

  /** Longer than what a file is recognised by. */
  private static final String FIRST = "first ".repeat(100);

  @TempDir Path directory;
  private final List<String> old = new ArrayList<>();
  private Path log;
  private Path compressed;
  private TestingTail tail;

  @BeforeEach
  void setUp() throws IOException {
    log = directory.resolve("pg.log");
    compressed = directory.resolve("pg.log.1.gz");
    append(log, "");
    tail = new TestingTail(END, log.toString()).read();
    append(log, FIRST + "\n");
    tail.read().taken();
    Random random = new Random(1);
    for (int number = 0; number < 500; number++) {
      old.add("push " + number + " " + Long.toHexString(random.nextLong()).repeat(4));
    }
  }

  @Test
  void shouldReadTheLiveLogBesideADamagedGenerationAtOnce() throws IOException {
    leaveOnly(half());
    assertThat(tail.restart().read().lines).contains("live");
    append(log, "more\n");
    assertThat(tail.read().lines).contains("more");
  }

  @Test
  void shouldDeliverWhatCanBeDecodedOfADamagedGeneration() throws IOException {
    leaveOnly(half());
    List<String> lines = tail.restart().read().lines;
    lines.remove("live");
    assertThat(lines).hasSizeGreaterThan(old.size() / 4).isEqualTo(old.subList(0, lines.size()));
  }

  @Test
  void shouldTellOnceOfADamagedGenerationUnderItsOwnName() throws IOException {
    leaveOnly(half());
    tail.restart().read();
    for (int second = 0; second < 60; second++) {
      append(log, "second " + second + "\n");
      tail.pass(Duration.ofSeconds(1));
    }
    assertThat(tail.told)
        .containsExactly("unreadable pg.log.1.gz Unexpected end of ZLIB input stream");
  }

  @Test
  void shouldNotBelieveTheLengthThatADamagedGenerationSeemsToState() throws IOException {
    byte[] half = half();
    Arrays.fill(half, half.length - 4, half.length, (byte) 0xB0);
    leaveOnly(half);
    tail.restart().read().pass(OVER);
    assertThat(tail.lostBytes).as("nobody knows how much").isEqualTo(1);
    assertThat(tail.told).contains("lost pg.log.1.gz 1");
  }

  @Test
  void shouldCountWhatIsMissingOfAGenerationWhoseTrailerIsWhole() throws IOException {
    byte[] bytes = gzip();
    Arrays.fill(bytes, bytes.length / 2, bytes.length - 8, (byte) 0);
    leaveOnly(bytes);
    tail.restart().read();
    long read =
        tail.lines.stream().filter(l -> !l.equals("live")).mapToLong(l -> l.length() + 1).sum();
    assertThat(tail.lostBytes).isZero();
    tail.pass(OVER);
    long whole = old.stream().mapToLong(l -> l.length() + 1).sum();
    assertThat(tail.lostBytes).isBetween(1L, whole).isLessThanOrEqualTo(whole - read + 200);
  }

  @Test
  void shouldReadTheRestWhenAGenerationThatIsBeingCompressedIsWhole() throws IOException {
    leaveOnly(half());
    tail.restart().read().pass(Duration.ofMinutes(1));
    Files.write(compressed, gzip());
    tail.pass(Duration.ofSeconds(5));
    tail.lines.remove("live");
    assertThat(tail.lines.equals(old)).as("all lines, in their order").isTrue();
    assertThat(tail.pass(OVER).lostBytes).isZero();
  }

  @Test
  void shouldShowAsLagWhatLiesInAGenerationThatItMayNotRead() throws IOException {
    Path rotated = directory.resolve("pg.log.1");
    append(log, "unread\n");
    Files.move(log, rotated);
    append(log, "live\n");
    tail.disk.deny(rotated);
    assertThat(tail.restart().read().taken()).containsExactly("live");
    assertThat(tail.stream().lagBytes()).isEqualTo("unread\n".length());
    tail.disk.allowAll();
    assertThat(tail.pass(Duration.ofSeconds(5)).taken()).containsExactly("unread");
    assertThat(tail.stream().lagBytes()).isZero();
  }

  private void leaveOnly(byte[] bytes) throws IOException {
    Files.write(compressed, bytes);
    Files.delete(log);
    append(log, "live\n");
  }

  private byte[] half() throws IOException {
    byte[] whole = gzip();
    return Arrays.copyOf(whole, whole.length / 2);
  }

  /** The generation as it should be; not the same on each line, so that it stays large. */
  private byte[] gzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write((FIRST + "\n" + String.join("\n", old) + "\n").getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
