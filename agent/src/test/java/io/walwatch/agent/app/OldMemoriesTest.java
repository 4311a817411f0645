/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.state.CheckpointFile;
import io.walwatch.agent.state.Node;
import io.walwatch.agent.state.PositionCodec;
import io.walwatch.agent.tail.FilePosition;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogPipeline;
import io.walwatch.parse.LogPipelines;
import io.walwatch.parse.Origin;
import io.walwatch.parse.PipelineOptions;
import io.walwatch.parse.Rejection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A checkpoint that an earlier release wrote when parsers were in the middle of something. What it
 * holds is typed from the README beside it.
 */
final class OldMemoriesTest implements EventSink {
  private static final Path WRITTEN =
      Path.of(System.getProperty("walwatch.root", ".."))
          .resolve("testdata/checkpoint/version-1-memories");
  private static final String SOURCE = "main/log";

  private final List<LogEvent> events = new ArrayList<>();
  private final ParserMemories memories = new ParserMemories(() -> {});
  private Node node = new Node();

  @BeforeEach
  void restore() throws IOException {
    node = new CheckpointFile(WRITTEN).load().orElseThrow().node();
    memories.restore(node.at("memories").at(SOURCE));
  }

  @Test
  void shouldGiveBackWhenAFileWasMadeWhereThatIsKnown() {
    assertThat(PositionCodec.read(node.at("positions").at(SOURCE)).files())
        .extracting(FilePosition::bornMillis)
        .containsExactly(Instant.parse("2026-11-22T12:00:00.123Z").toEpochMilli(), 0L);
  }

  @Test
  void shouldGiveBackWhichFileAnOpenPushIsAbout() {
    read(
        "/var/log/pgbackrest/main-archive-push.log",
        "2026-11-23 12:11:00.000 P00   INFO: archive-push command end: aborted with exception"
            + " [103]");

    assertThat(events)
        .filteredOn(LogEvent.Push.class::isInstance)
        .singleElement()
        .satisfies(
            event ->
                assertThat(Objects.requireNonNull(((LogEvent.Push) event).file()).name())
                    .isEqualTo("000000010000000000000008"));
  }

  @Test
  void shouldGiveBackWhichProcessesPrefetchInTheNextFileOfTheLog() {
    read("/var/log/postgresql/postgresql-2026-11-24.log", missing(82), missing(83));

    assertThat(events)
        .filteredOn(LogEvent.Fetch.class::isInstance)
        .extracting(event -> ((LogEvent.Fetch) event).action())
        .containsExactly(LogEvent.FetchAction.PREFETCH, LogEvent.FetchAction.FETCH);
  }

  private static String missing(int pid) {
    return "wal_e.blobstore.s3.s3_util INFO     MSG: could no longer locate object while performing"
        + " wal restore\n        DETAIL: The absolute URI that could not be located is"
        + " s3://bucket/db/wal_005/000000010000000000000009.lzo.\n        HINT: This can be normal"
        + " when Postgres is trying to detect what timelines are available during restoration.\n"
        + "        STRUCTURED: time=2026-11-23T12:11:00.221886-00 pid="
        + pid;
  }

  private void read(String path, String... records) {
    LogPipeline pipeline =
        LogPipelines.create(PipelineOptions.DEFAULT, Plugins.find(WRITTEN).providers(), this);
    memories.begun(path, pipeline);
    long offset = 0;
    for (String line : String.join("\n", records).split("\n", -1)) {
      byte[] bytes = line.getBytes(US_ASCII);
      pipeline.accept(new Line().wrap(bytes, 0, bytes.length, offset, false));
      offset += bytes.length + 1;
    }
    pipeline.end();
  }

  @Override
  public void event(LogEvent event, Origin origin) {
    events.add(event);
  }

  @Override
  public void rejected(Rejection rejection) {}
}
