/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.evidence.Excerpt;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.evidence.Trail;
import io.walwatch.parse.EventSink;
import io.walwatch.parse.Line;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.FailureCause;
import io.walwatch.parse.LogEvent.FailureSeverity;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import io.walwatch.parse.WalFile;
import io.walwatch.parse.WalFileKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evidence of a failed archive command begins where the command succeeded last. */
final class LastSuccessTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

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
  void shouldBeginAtTheLastFileBeforeTheOneThatFailed() throws IOException {
    push(PushState.COMPLETE, segment(2), 100);
    push(PushState.SKIP, segment(3), 200);

    assertThat(evidenceOf(segment(4), 900)).isEqualTo("from 200 to 900");
  }

  /** WAL-E pushes up to 32 files in one archive command, and some of them may well be stored. */
  @Test
  void shouldNotBeginAtAnotherPushOfTheSameCommand() throws IOException {
    push(PushState.COMPLETE, segment(3), 100);
    push(PushState.COMPLETE, segment(6), 200);
    push(PushState.COMPLETE, segment(5), 300);

    assertThat(evidenceOf(segment(4), 900)).isEqualTo("from 100 to 900");
  }

  @Test
  void shouldNotBeginAtThePushOfTheFileItself() throws IOException {
    push(PushState.COMPLETE, segment(3), 100);
    push(PushState.COMPLETE, segment(4), 200);

    assertThat(evidenceOf(segment(4), 900)).isEqualTo("from 100 to 900");
  }

  /** PostgreSQL hands the history over before the segments of its timeline. */
  @Test
  void shouldKnowTheOrderOfTimelines() throws IOException {
    push(PushState.COMPLETE, segment(3), 100);
    push(PushState.COMPLETE, "00000002.history", 200);

    assertThat(evidenceOf("000000020000000000000003", 900)).isEqualTo("from 200 to 900");
  }

  @Test
  void shouldBeginAnywhereWhereTheFileIsNotKnown() throws IOException {
    push(PushState.COMPLETE, segment(3), 100);

    sink.event(
        new LogEvent.ArchiveCommandFailed(
            NOW, FailureSeverity.LOG, FailureCause.EXIT, 1, null, null),
        new Origin("postgresql", 900, 900));
    assertThat(evidence()).isEqualTo("from 0 to 900");
  }

  @Test
  void shouldRememberTheNewestOfManyFiles() throws IOException {
    for (int number = 1; number <= 1_000; number++) {
      push(PushState.COMPLETE, segment(number), number);
    }

    assertThat(evidenceOf(segment(1_000), 9_000)).isEqualTo("from 999 to 9000");
  }

  private static String segment(int number) {
    return String.format(Locale.ROOT, "0000000100000000%08X", number);
  }

  private void push(PushState state, String name, long offsetBytes) {
    sink.event(
        new LogEvent.Push(NOW, "wal-e", state, file(name), 1L, null, null),
        new Origin("wal-e", offsetBytes, offsetBytes));
  }

  private String evidenceOf(String failed, long offsetBytes) throws IOException {
    sink.event(
        new LogEvent.ArchiveCommandFailed(
            NOW, FailureSeverity.LOG, FailureCause.EXIT, 1, file(failed), null),
        new Origin("postgresql", offsetBytes, offsetBytes));
    return evidence();
  }

  private static WalFile file(String name) {
    boolean history = name.endsWith(".history");
    return new WalFile(name, history ? WalFileKind.HISTORY : WalFileKind.SEGMENT);
  }

  private String evidence() throws IOException {
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
