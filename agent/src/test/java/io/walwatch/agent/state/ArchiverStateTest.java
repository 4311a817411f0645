/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.FetchAction;
import io.walwatch.parse.LogEvent.FetchState;
import io.walwatch.parse.LogEvent.MessageSeverity;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.WalFile;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How pushes are counted: fed with events as the parsers make them. */
final class ArchiverStateTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T13:00:00Z"));
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String FIRST = "000000010000000000000001";
  private static final String SECOND = "000000010000000000000002";

  private final List<AbandonedPush> abandoned = new ArrayList<>();
  private final ArchiverState archiver = new ArchiverState("wal-e", CLOCK, abandoned::add);

  @Test
  void shouldMeasureAPushFromBeginToComplete() {
    push(PushState.BEGIN, 7L, FIRST, NOON);
    push(PushState.COMPLETE, 7L, FIRST, NOON.plusMillis(700));

    ArchiverSnapshot snapshot = archiver.copy(0);
    assertThat(snapshot.pushDuration().sumSeconds()).isEqualTo(0.7);
    assertThat(snapshot.lastCompletedMillis()).hasValue(NOON.toEpochMilli() + 700);
    assertThat(snapshot.inFlight()).isZero();
    assertSumRule();
  }

  @Test
  void shouldAbandonAPushWhoseSegmentIsBegunAgain() {
    push(PushState.BEGIN, 7L, FIRST, NOON);
    push(PushState.BEGIN, 8L, FIRST, NOON);

    assertThat(count(PushCount.ABANDONED)).isEqualTo(1);
    assertThat(abandoned)
        .containsExactly(
            new AbandonedPush(
                "wal-e",
                FIRST,
                OptionalLong.of(7),
                NOON.toEpochMilli(),
                "its segment was begun again"));
    assertThat(archiver.copy(0).inFlight()).isEqualTo(1);
    assertSumRule();
  }

  /** A standby asks again and again for what is not archived yet; pgBackRest names no process. */
  @Test
  void shouldCountAFileThatWasMissingOnceAndIsFetchedLater() {
    fetch(FetchState.BEGIN);
    fetch(FetchState.MISSING);
    fetch(FetchState.BEGIN);
    fetch(FetchState.COMPLETE);

    Map<FetchCount, Long> fetches = archiver.copy(0).fetches().get(FetchAction.FETCH);
    assertThat(fetches)
        .containsEntry(FetchCount.STARTED, 2L)
        .containsEntry(FetchCount.MISSING, 1L)
        .containsEntry(FetchCount.COMPLETED, 1L);
  }

  private void fetch(FetchState state) {
    WalFile file = Objects.requireNonNull(WalFile.parse(FIRST));
    archiver.fetch(
        new LogEvent.Fetch(NOON, "pgbackrest", FetchAction.FETCH, state, file, null, null));
  }

  @Test
  void shouldFailAllPushesOfAProcessThatReportsAnError() {
    push(PushState.BEGIN, 7L, FIRST, NOON);
    push(PushState.BEGIN, 7L, SECOND, NOON);
    push(PushState.BEGIN, 8L, "000000010000000000000003", NOON);
    message(MessageSeverity.WARNING, 7L);
    assertThat(count(PushCount.FAILED)).isZero();

    message(MessageSeverity.CRITICAL, 7L);

    assertThat(count(PushCount.FAILED)).isEqualTo(2);
    assertThat(archiver.copy(0).inFlight()).isEqualTo(1);
    assertSumRule();
  }

  @Test
  void shouldCountAnEndWithoutABeginAsUnmatched() {
    push(PushState.COMPLETE, 7L, FIRST, NOON);

    assertThat(count(PushCount.UNMATCHED)).isEqualTo(1);
    assertThat(archiver.copy(0).pushDuration().sumSeconds()).isZero();
    assertSumRule();
  }

  @Test
  void shouldCountACompletionOfTheSameFileAsRepeated() {
    for (long pid = 1; pid <= 6; pid++) {
      push(PushState.BEGIN, pid, FIRST, NOON);
      push(PushState.COMPLETE, pid, FIRST, NOON);
    }

    assertThat(count(PushCount.COMPLETED)).isEqualTo(6);
    assertThat(count(PushCount.REPEATED)).isEqualTo(5);
  }

  @Test
  void shouldGiveUpPushesThatBeganTooLongAgo() {
    push(PushState.BEGIN, 7L, FIRST, NOON);
    push(PushState.BEGIN, 7L, SECOND, NOON.plusSeconds(60));

    archiver.expire(NOON.plusSeconds(30).toEpochMilli());

    assertThat(count(PushCount.ABANDONED)).isEqualTo(1);
    assertThat(archiver.copy(0).oldestInFlightMillis())
        .hasValue(NOON.plusSeconds(60).toEpochMilli());
    assertSumRule();
  }

  @Test
  void shouldAbandonTheOldestWhereMorePushesBeginThanAreRemembered() {
    for (int i = 0; i <= PushesInFlight.LIMIT; i++) {
      push(PushState.BEGIN, 7L, String.format(Locale.ROOT, "00000001%016X", i), NOON);
    }

    assertThat(archiver.copy(0).inFlight()).isEqualTo(PushesInFlight.LIMIT);
    assertThat(count(PushCount.ABANDONED)).isEqualTo(1);
    assertSumRule();
  }

  @Test
  void shouldGiveNoTimeToARecordWithoutOne() {
    push(PushState.BEGIN, 7L, FIRST, null);
    push(PushState.COMPLETE, 7L, FIRST, null);

    ArchiverSnapshot snapshot = archiver.copy(0);
    assertThat(snapshot.lastCompletedMillis()).isEmpty();
    assertThat(snapshot.pushDuration().counts()).containsOnly(0L);
    assertSumRule();
  }

  @Test
  void shouldGoOnFromACheckpoint() {
    push(PushState.BEGIN, 7L, FIRST, NOON);
    push(PushState.BEGIN, 7L, SECOND, NOON);
    push(PushState.COMPLETE, 7L, FIRST, NOON.plusSeconds(2));
    Node saved = new Node();
    archiver.save(saved);

    ArchiverState restored = new ArchiverState("wal-e", CLOCK, push -> {});
    restored.restore(saved, true);

    assertThat(restored.copy(0)).isEqualTo(archiver.copy(0));
  }

  @Test
  void shouldKeepTimesButNoCountersWhereCountersMustStartAgain() {
    push(PushState.BEGIN, 7L, FIRST, NOON);
    push(PushState.COMPLETE, 7L, FIRST, NOON);
    Node saved = new Node();
    archiver.save(saved);

    ArchiverState restored = new ArchiverState("wal-e", CLOCK, push -> {});
    restored.restore(saved, false);

    assertThat(restored.copy(0).pushes().values()).containsOnly(0L);
    assertThat(restored.copy(0).lastCompletedMillis()).hasValue(NOON.toEpochMilli());
    assertThat(restored.copy(0).highestCompletedSegment()).isEqualTo(FIRST);
  }

  private void push(PushState state, long pid, String name, @Nullable Instant at) {
    WalFile file = Objects.requireNonNull(WalFile.parse(name));
    archiver.push(
        new LogEvent.Push(at, "wal-e", state, file, pid, null, null), NOON.toEpochMilli());
  }

  private void message(MessageSeverity severity, long pid) {
    archiver.message(new LogEvent.Message(NOON, "wal-e", severity, pid, "text", null, false));
  }

  private long count(PushCount what) {
    return Objects.requireNonNull(archiver.copy(0).pushes().get(what));
  }

  /** For pushes whose begin was seen: started is the sum of all that became of them. */
  private void assertSumRule() {
    long ended =
        count(PushCount.COMPLETED)
            + count(PushCount.SKIPPED)
            + count(PushCount.FAILED)
            + count(PushCount.ABANDONED)
            - count(PushCount.UNMATCHED);
    assertThat(count(PushCount.STARTED)).isEqualTo(ended + archiver.copy(0).inFlight());
  }
}
