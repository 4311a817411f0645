/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A new pipeline in the middle of a log, as behind a rotation or a restart. */
final class ParserMemoryTest {
  private static final String AT = "2026-11-22 09:00:00.000 P00   INFO: ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wal-g/push.log",
        "wal-g/fetch.log",
        "inventory/pgbackrest-2.45-archive-push.postgresql.log",
        "wal-e/syslog.iso.log"
      })
  void shouldFindTheSameWhereverALogIsTakenUpAgain(String file) {
    List<String> lines = new String(Golden.bytes(file), UTF_8).lines().toList();
    List<LogEvent> whole = output(Golden.readText(String.join("\n", lines) + "\n"));

    int step = 1 + lines.size() / 100;
    for (int i = 1; i < lines.size(); i += step) {
      assertThat(takenUpAgain(lines, i)).as("line %d", i).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pgbackrest, 00000001000000000000000X",
    "wal-g, 1",
    "postgres, 12",
    "postgres, 99999999999999999999 000000010000000000000001",
    "postgres, x 000000010000000000000001",
    "wal-e, '1 x -3 99999999999999999999'"
  })
  void shouldPassOverAMemoryThatItDoesNotUnderstand(String parser, String memory) {
    LogPipeline pipeline = pipeline(new Found());

    pipeline.remember(Map.of(parser, memory, "unknown", "any"));

    assertThat(pipeline.memory().getOrDefault(parser, "")).isNotEqualTo(memory);
  }

  @Test
  void shouldForgetAPushThatHasEnded() {
    LogPipeline pipeline = pipeline(new Found());

    feed(pipeline, AT + "archive-push command begin 2.45: [pg_wal/000000010000000000000001]\n");
    assertThat(pipeline.memory()).containsValue("000000010000000000000001");
    feed(pipeline, AT + "archive-push command end: completed successfully (12ms)\n");

    assertThat(pipeline.memory()).isEmpty();
  }

  /** As after a crash: what is pending is read again, by parsers that remember. */
  private static List<LogEvent> takenUpAgain(List<String> lines, int at) {
    Found found = new Found();
    LogPipeline first = pipeline(found);
    String before = String.join("\n", lines.subList(0, at)) + "\n";
    feed(first, before);
    byte[] all = Ascii.bytes(before + String.join("\n", lines.subList(at, lines.size())) + "\n");
    int from = (int) Math.min(first.pendingOffsetBytes(), before.length());
    LogPipeline second = pipeline(found);
    second.remember(first.memory());
    feed(second, new String(all, from, all.length - from, UTF_8));
    second.end();
    return output(found);
  }

  private static List<LogEvent> output(Found found) {
    return found.events().stream()
        .filter(e -> e instanceof LogEvent.Push || e instanceof LogEvent.Fetch)
        .toList();
  }

  private static LogPipeline pipeline(Found found) {
    return LogPipelines.create(PipelineOptions.DEFAULT, Golden.providers(), found);
  }

  private static void feed(LogPipeline pipeline, String text) {
    byte[] bytes = Ascii.bytes(text);
    new LineSplitter(pipeline::accept).accept(bytes, 0, bytes.length);
  }
}
