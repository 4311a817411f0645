/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.SourceState;
import io.walwatch.agent.tail.InputLines;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogPipelines;
import io.walwatch.parse.Origin;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines longer than the limit, from the bytes to the events. */
final class CutLineTest {
  private static final int MAX_LINE_BYTES = 400;
  private static final String HEAD =
      "2026-11-22 09:06:37.476 UTC,,,5433,,6b02b09d.1539,1,,2026-11-22 09:06:37 UTC,,0,";
  private static final String FAILURE =
      HEAD
          + "LOG,00000,archive command failed with exit code 1,The failed archive command was: x"
          + " pg_wal/000000010000000000000001,,,,,,,,,archiver,,0\n";

  private final List<LogEvent> events = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 5_000, 300_000, 600_001})
  void shouldNotBelieveTextInsideARecordWhoseLineIsTooLong(int length) throws IOException {
    String quotes = "x".repeat(length % 2) + "\"\"".repeat(length / 2);
    String session = HEAD + "LOG,00000,\"" + quotes + "\n" + FAILURE + quotes;

    read(session + "\",,,,,,,,,\"app\",\"client backend\",,0\n" + FAILURE);

    assertThat(events).hasSize(1);
    assertThat(rejections).hasSize(1);
    assertThat(rejections.get(0).reason()).isEqualTo("record too long");
  }

  @Test
  void shouldGoOnBehindALongLineThatIsARecordOfItsOwn() throws IOException {
    String text = "\"" + "x".repeat(1_000) + "\"";

    read(HEAD + "LOG,00000," + text + ",,,,,,,,,\"\",\"client backend\",,0\n" + FAILURE);

    assertThat(events).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\nselect 2"})
  void shouldNotCallAStatementMalformedThatIsLong(String rest) throws IOException {
    String text = "\"statement: select '" + "x".repeat(1_000) + "'" + rest + "\"";

    read(
        HEAD.replace("UTC,,,", "UTC,\"ann\",\"db\",")
            + "LOG,00000,"
            + text
            + ",,,,,,,,,\"psql\",\"client backend\",,0\n"
            + FAILURE);

    assertThat(events).hasSize(1);
    assertThat(rejections).isEmpty();
  }

  private void read(String text) throws IOException {
    EventSink sink =
        new EventSink() {
          @Override
          public void event(LogEvent event, Origin origin) {
            events.add(event);
          }

          @Override
          public void rejected(Rejection rejection) {
            rejections.add(rejection);
          }
        };
    InputLines.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        "a.csv",
        MAX_LINE_BYTES,
        name ->
            new PipelineHandler(
                () ->
                    LogPipelines.create(
                        PipelineOptions.DEFAULT,
                        Plugins.find(Path.of("/nonexistent")).providers(),
                        sink)),
        SourceState.unnamed());
  }
}
