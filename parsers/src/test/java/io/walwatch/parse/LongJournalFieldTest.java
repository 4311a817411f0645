/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A value with a line above the limit: what a client put behind that line is in the value still.
 */
final class LongJournalFieldTest {
  private static final int LIMIT = 1_000;
  private static final String HEAD =
      """
      __CURSOR=a
      __REALTIME_TIMESTAMP=1795338002000000
      _TRANSPORT=syslog
      SYSLOG_IDENTIFIER=postgres
      _PID=5
      """;
  private static final String FAILURE =
      "[1-1] 2026-11-22 09:00:00.000 UTC [5] LOG:  archive command failed with exit code 1\n\n"
          + HEAD
          + "MESSAGE=[1-2] 2026-11-22 09:00:00.000 UTC [5] DETAIL:  The failed archive command was:"
          + " cp pg_wal/000000010000000000000001 /x\n\n";

  private final Found found = new Found();
  private final LogPipeline pipeline =
      LogPipelines.create(
          new PipelineOptions("journal", "%m [%p] ", null, Set.of(), true),
          Golden.providers(),
          found);

  @ParameterizedTest
  @ValueSource(ints = {2, 999, 1_000, 1_001, 2_000, 70_000})
  void shouldFollowTheLengthOfAValue(int length) {
    String typed = "\n" + HEAD + "MESSAGE=" + FAILURE;
    String value =
        "[1-1] 2026-11-22 09:00:00.000 UTC [7] LOG:  " + "x".repeat(length) + "\n" + typed;

    read(concat(entry(value), (HEAD + "MESSAGE=" + FAILURE).getBytes(StandardCharsets.UTF_8)));

    assertThat(found.failures()).containsOnlyKeys("LOG EXIT 1");
    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(1);
    assertThat(found.rejections()).isEmpty();
  }

  @Test
  void shouldFindTheEndOfAValueThatEndsWithTheLongLine() {
    String value = "[1-1] 2026-11-22 09:00:00.000 UTC [7] LOG:  " + "x".repeat(5_000);

    read(concat(entry(value), (HEAD + "MESSAGE=" + FAILURE).getBytes(StandardCharsets.UTF_8)));

    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(1);
  }

  private static byte[] entry(String message) {
    byte[] value = message.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        (HEAD.replace("_PID=5", "_PID=7") + "MESSAGE\n").getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < Long.BYTES; i++) {
      out.write((int) ((long) value.length >>> (8 * i)) & 0xff);
    }
    out.writeBytes(value);
    out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  private void read(byte[] bytes) {
    int start = 0;
    Line line = new Line();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        int length = Math.min(i - start, LIMIT);
        pipeline.accept(line.wrap(bytes, start, length, start, length < i - start));
        start = i + 1;
      }
    }
    pipeline.end();
  }
}
