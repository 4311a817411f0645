/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.evidence.Excerpt;
import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.evidence.Trail;
import io.walwatch.agent.state.AbandonedPush;
import io.walwatch.agent.state.EvidenceBound;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import io.walwatch.parse.WalFile;
import io.walwatch.parse.WalFileKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A push that began and never ended leaves what was logged when it began. */
final class AbandonedPushTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String SEGMENT = "000000010000000000000003";

  @TempDir private Path directory;
  private FailureStore store = new FailureStore(Path.of("/nowhere"));
  private FailureWatch failures = new FailureWatch(store, InstantSource.fixed(NOW));
  private EventSink sink = failures.around(new Nothing(), "main", new Offsets());

  @BeforeEach
  void openStore() {
    store = new FailureStore(directory.resolve("failures"));
    failures = new FailureWatch(store, InstantSource.fixed(NOW));
    failures.open();
    sink = failures.around(new Nothing(), "main", new Offsets());
  }

  @Test
  void shouldKeepWhatStandsAroundItsBegin() throws IOException {
    read(PushState.COMPLETE, SEGMENT, 4710, 50);
    read(PushState.BEGIN, SEGMENT, 4711, 100);
    read(PushState.BEGIN, SEGMENT, 4712, 200);

    assertThat(evidenceOf(4711)).contains("process").contains("from 50 to 100");
  }

  @Test
  void shouldKeepTheLastBeginOfTwo() throws IOException {
    read(PushState.BEGIN, SEGMENT, 4711, 100);
    read(PushState.BEGIN, SEGMENT, 4711, 300);

    assertThat(evidenceOf(4711)).contains("from 0 to 300");
  }

  @Test
  void shouldTellOfOneWhoseBeginIsNotKnownAnyMore() throws IOException {
    read(PushState.BEGIN, SEGMENT, 4711, 100);
    for (int pid = 1; pid <= 256; pid++) {
      read(PushState.BEGIN, SEGMENT, pid, 1_000 + pid);
    }

    assertThat(evidenceOf(4711)).contains("its process is gone").doesNotContain("from ");
    assertThat(failures.limited())
        .containsEntry(EvidenceBound.BEGINS, 1L)
        .containsEntry(EvidenceBound.FAILURES, 0L);
  }

  @Test
  void shouldCountFailuresThatComeFasterThanTheyAreReadBack() {
    for (int second = 0; second < 103; second++) {
      failures.failed(
          NOW.minusSeconds(second),
          Failure.Kind.ARCHIVER,
          "main",
          "x",
          "" + second,
          Excerpt.of(""));
    }

    assertThat(failures.limited()).containsEntry(EvidenceBound.FAILURES, 3L);
  }

  private void read(PushState state, String segment, long pid, long offsetBytes) {
    WalFile file = new WalFile(segment, WalFileKind.SEGMENT);
    sink.event(
        new LogEvent.Push(NOW, "wal-e", state, file, pid, null, null),
        new Origin("wal-e", offsetBytes, offsetBytes));
  }

  private String evidenceOf(long pid) throws IOException {
    failures.abandoned(
        "main",
        new AbandonedPush(
            "wal-e", SEGMENT, OptionalLong.of(pid), NOW.toEpochMilli(), "its process is gone"));
    failures.tick();
    assertThat(store.kept()).hasSize(1);
    return store.evidence(store.kept().get(0).id()).orElseThrow();
  }

  /** Stands for a log: says which part of it was asked for. */
  private static final class Offsets implements Trail {
    @Override
    public void line(Line line) {}

    @Override
    public Excerpt around(long fromBytes, long offsetBytes) {
      return Excerpt.of("from " + fromBytes + " to " + offsetBytes);
    }
  }

  private static final class Nothing implements EventSink {
    @Override
    public void event(LogEvent event, Origin origin) {}

    @Override
    public void rejected(Rejection rejection) {}
  }
}
