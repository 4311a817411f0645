/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.QueueMemory;
import io.walwatch.agent.archive.SegmentRuns;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.Origin;
import io.walwatch.parse.WalFile;
import io.walwatch.parse.WalFileKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checkpoints that earlier releases wrote. What they hold is typed from the README beside them. */
final class OldCheckpointTest {
  private static final Path CHECKPOINTS =
      Path.of(System.getProperty("walwatch.root", "..")).resolve("testdata/checkpoint");

  private final AgentState state = new AgentState(InstantSource.system());
  private Node node = new Node();

  @BeforeEach
  void restore() throws IOException {
    node = new CheckpointFile(CHECKPOINTS.resolve("version-1")).load().orElseThrow().node();
    state.sink("main", "main");
    state.sink("syslog", "main");
    state.restore(node.at("state"), true);
  }

  @Test
  void shouldTellWhoWroteIt() {
    assertThat(node.stringAt("machine")).isEqualTo("0123456789abcdef0123456789abcdef");
    assertThat(node.stringAt("boot")).isEqualTo("11111111-2222-3333-4444-555555555555");
    assertThat(node.booleanAt("clean")).isFalse();
  }

  @Test
  void shouldGiveBackWhatTheArchiverSaid() {
    ArchiverSnapshot archiver = Objects.requireNonNull(server().archivers().get("wal-e"));

    assertThat(archiver.pushes())
        .containsEntry(PushCount.STARTED, 4L)
        .containsEntry(PushCount.COMPLETED, 2L)
        .containsEntry(PushCount.FAILED, 1L);
    assertThat(archiver.inFlight()).isEqualTo(1);
    assertThat(archiver.oldestInFlightMillis()).hasValue(millis("2026-11-22T12:00:04Z"));
    assertThat(archiver.lastCompletedMillis()).hasValue(millis("2026-11-22T12:00:04Z"));
    assertThat(archiver.highestCompletedSegment()).isEqualTo("000000010000000000000002");
    assertThat(archiver.lastRateBytesPerSecond()).hasValue(2048);
    assertThat(archiver.pushDuration().sumSeconds()).isEqualTo(4);
    assertThat(archiver.messages()).containsEntry(MessageSeverity.CRITICAL, 1L);
  }

  @Test
  void shouldGiveBackWhatPostgresSaid() {
    assertThat(server().counts())
        .containsEntry(ServerCount.FAILED_LOG_EXIT, 1L)
        .containsEntry(ServerCount.FAILED_FATAL_SIGNAL, 1L);
    assertThat(server().lastExitCode()).hasValue(1);
    assertThat(server().lastFailureMillis()).hasValue(millis("2026-11-22T12:00:11Z"));
  }

  @Test
  void shouldGiveBackTheQueue() {
    assertThat(server().queueFiles().get(WalFileKind.SEGMENT))
        .containsEntry(QueueCount.ARCHIVED, 2L);
    assertThat(server().archiveDuration().sumSeconds()).isEqualTo(7);
    assertThat(server().watch()).containsEntry(WatchCount.SCANS, 1L);
    QueueMemory memory = QueueMemoryCodec.read(node.at("queues").at("main"));
    assertThat(memory.waiting().segments())
        .isEqualTo(new SegmentRuns.Builder().add("000000010000000000000003", 2).build());
  }

  @Test
  void shouldGiveBackAQueueWhoseSegmentsAreOneText() throws IOException {
    CheckpointFile file = new CheckpointFile(CHECKPOINTS.resolve("version-1-runs"));
    Node queues = file.load().orElseThrow().node().at("queues");

    QueueMemory memory = QueueMemoryCodec.read(queues.at("main"));

    assertThat(memory.waiting().others()).containsExactly("00000002.history");
    assertThat(memory.waiting().segments())
        .isEqualTo(
            new SegmentRuns.Builder()
                .add("000000010000000000000003", 2)
                .add("000000010000000000000007", 1)
                .add("0000000100000000000000FF", 1)
                .add("000000010000000100000000", 3)
                .add("00000002000000010000000A", 200)
                .build());
    assertThat(memory.recentlyDone().segments())
        .isEqualTo(new SegmentRuns.Builder().add("000000010000000000000002", 1).build());
  }

  @Test
  void shouldGiveBackTheSources() {
    SourceSnapshot main = snapshot().sources().get(0);
    assertThat(main.counts())
        .containsEntry(SourceCount.BYTES, 5_000L)
        .containsEntry(SourceCount.LINES, 50L)
        .containsEntry(SourceCount.ROTATIONS, 1L);
    assertThat(main.parsers().get("wal-e")).containsEntry(ParserCount.FORGED, 1L);
    assertThat(snapshot().sources().get(1).counts()).containsEntry(SourceCount.DUPLICATES, 2L);
    assertThat(PositionCodec.read(node.at("positions").at("main")).files())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.path()).isEqualTo("/var/log/postgresql/main.log");
              assertThat(file.identity().inode()).isEqualTo(131);
              assertThat(file.offsetBytes()).isEqualTo(5_000);
            });
  }

  @Test
  void shouldKnowWhichRecordsCameBefore() {
    WalFile first = Objects.requireNonNull(WalFile.parse("000000010000000000000001"));
    state
        .sink("syslog", "main")
        .event(
            new LogEvent.Push(
                Instant.parse("2026-11-22T12:00:01Z"),
                "wal-e",
                PushState.BEGIN,
                first,
                71L,
                null,
                null),
            new Origin("wal-e", 400, 1));

    assertThat(snapshot().sources().get(1).counts()).containsEntry(SourceCount.DUPLICATES, 3L);
    assertThat(Objects.requireNonNull(server().archivers().get("wal-e")).pushes())
        .containsEntry(PushCount.STARTED, 4L);
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  private ServerSnapshot server() {
    return snapshot().servers().get(0);
  }

  private Snapshot snapshot() {
    return state.publish(
        name -> ServerFacts.NONE, name -> new SourceFacts("main", 0, 0), AgentFacts.NONE);
  }
}
