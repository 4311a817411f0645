/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Every text is split at every possible or a random place and must come out as a naive twin says.
 */
class LineSplitterTest {
  private static final int MAX_BYTES = 12;

  @Test
  void shouldSplitTheSameWhereverTheReadsEnd() {
    Random random = new Random(3);
    for (int round = 0; round < 5_000; round++) {
      String text = text(random);
      assertThat(split(text, random)).as(text).isEqualTo(naive(text));
    }
  }

  @Test
  void shouldCutALongLineAndHandOverItsEndNeverAsALine() {
    assertThat(split("0123456789abcdef\nwal_e\n", new Random(1)))
        .containsExactly("0 cut 0123456789ab", "17 wal_e");
  }

  @Test
  void shouldDropTheRestOfALineThatBeganBefore() {
    List<String> lines = new ArrayList<>();
    LineSplitter splitter = splitter(100, true, lines);
    accept(splitter, "end of it");
    assertThat(splitter.lineStart()).isEqualTo(109);
    accept(splitter, ", now\nnext\n");
    assertThat(lines).containsExactly("115 next");
  }

  @Test
  void shouldFindTheSameNewlinesAsAPlainLoop() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextInt(8) == 0 ? '\n' : random.nextInt(256));
      }
      int from = random.nextInt(bytes.length + 1);
      String rest = new String(bytes, from, bytes.length - from, ISO_8859_1);
      int plain = rest.indexOf('\n') < 0 ? -1 : from + rest.indexOf('\n');
      assertThat(Newlines.indexOf(bytes, from, bytes.length)).isEqualTo(plain);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      text.append("\n\0abc\r\u00e4".charAt(Math.min(6, random.nextInt(20))));
    }
    return text.toString();
  }

  private static List<String> naive(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      String line = text.substring(start, end).replaceFirst("^\0+", "");
      lines.add(
          line.length() > MAX_BYTES
              ? start + " cut " + line.substring(0, MAX_BYTES)
              : start + " " + line);
      start = end + 1;
    }
    return lines;
  }

  private static List<String> split(String text, Random random) {
    List<String> lines = new ArrayList<>();
    LineSplitter splitter = splitter(0, false, lines);
    for (int from = 0; from < text.length(); ) {
      int to = from + 1 + random.nextInt(text.length() - from);
      accept(splitter, text.substring(from, to));
      from = to;
    }
    splitter.flush();
    assertThat(splitter.offset()).isEqualTo(text.length());
    assertThat(splitter.lineStart()).isEqualTo(text.length());
    return lines;
  }

  private static LineSplitter splitter(long offset, boolean insideLine, List<String> lines) {
    LineHandler handler =
        new LineHandler() {
          @Override
          public void line(Line line) {
            byte[] text = line.text().copy();
            lines.add(
                line.offsetBytes() + (line.isCut() ? " cut " : " ") + new String(text, ISO_8859_1));
          }
        };
    return new LineSplitter(offset, insideLine, MAX_BYTES, handler, new LongQueue(), at -> {});
  }

  private static void accept(LineSplitter splitter, String text) {
    byte[] bytes = ("##" + text + "##").getBytes(ISO_8859_1);
    splitter.split(bytes, 2, bytes.length - 2);
  }
}
