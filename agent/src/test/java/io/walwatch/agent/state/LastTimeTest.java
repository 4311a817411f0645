/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.FailureCause;
import io.walwatch.parse.LogEvent.FailureSeverity;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.Origin;
import io.walwatch.parse.WalFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Times in the future: of a forged record, or of a clock that was ahead. */
final class LastTimeTest {
  private static final Duration YEAR = Duration.ofDays(365);

  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private final InstantSource clock = () -> now;
  private final LastTime last = new LastTime(clock);

  @Test
  void shouldKeepTheLatestTime() {
    assertThat(last.millis()).isEmpty();
    last.happened(now.toEpochMilli() - 5);
    last.happened(now.toEpochMilli() - 9);

    assertThat(last.millis()).hasValue(now.toEpochMilli() - 5);
  }

  @Test
  void shouldTakeClocksThatDifferALittleForRight() {
    long millis = now.plus(LastTime.SKEW).toEpochMilli();
    last.happened(millis);
    last.happened(millis + 1);

    assertThat(last.millis()).hasValue(millis);
  }

  @Test
  void shouldForgetWhatWasTakenWhileTheClockWasAhead() {
    Instant right = now;
    now = now.plus(YEAR);
    last.happened(now.toEpochMilli());
    now = right;
    assertThat(last.millis()).isEmpty();

    last.happened(now.toEpochMilli());
    assertThat(last.millis()).hasValue(now.toEpochMilli());
  }

  @Test
  void shouldTakeARecordOfTheFutureForOneWithoutATime() {
    AgentState state = new AgentState(clock);
    var sink = state.sink("log", "main");
    WalFile file = Objects.requireNonNull(WalFile.parse("000000010000000000000001"));
    Instant future = now.plus(YEAR);
    sink.event(
        new LogEvent.Push(future, "wal-e", PushState.COMPLETE, file, 7L, null, null),
        new Origin("wal-e", 0, 1));
    sink.event(
        new LogEvent.ArchiveCommandFailed(
            future, FailureSeverity.LOG, FailureCause.EXIT, 1, file, null),
        new Origin("postgres", 100, 2));

    SourceSnapshot source = state.source("log").copy(new SourceFacts("main", 0, 0));
    ServerSnapshot server =
        state
            .server("main")
            .copy(new ServerFacts(false, Optional.empty(), Optional.empty(), true, 0));
    assertThat(source.lastEventMillis()).isEmpty();
    assertThat(source.counts()).containsEntry(SourceCount.UNTIMED, 2L);
    assertThat(server.lastFailureMillis()).isEmpty();
    ArchiverSnapshot archiver = Objects.requireNonNull(server.archivers().get("wal-e"));
    assertThat(archiver.lastCompletedMillis()).isEmpty();
    assertThat(archiver.pushes()).containsEntry(PushCount.COMPLETED, 1L);
  }
}
