/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.QueueBound;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.LogEvent.PushState;
import io.walwatch.parse.WalFile;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the two witnesses of a server say of each other. */
final class ServerStateTest {
  private static final long TIMEOUT_MILLIS = 600_000;
  private static final WalFile SEGMENT =
      Objects.requireNonNull(WalFile.parse("000000010000000000000001"));

  private long nowMillis = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
  private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);
  private final AgentState agent = new AgentState(clock);
  private final ServerState server = agent.server("main");

  private long unlogged() {
    long deadline = nowMillis - TIMEOUT_MILLIS;
    ServerFacts facts = new ServerFacts(true, Optional.empty(), Optional.empty(), true, deadline);
    return server.copy(facts).unloggedSegments();
  }

  /** Its log is still to be read, from where the agent stopped. */
  @Test
  void shouldGiveTheLogItsTimeFromWhenTheDiskWasSeen() {
    long readyMillis = nowMillis;
    nowMillis += 2 * TIMEOUT_MILLIS;
    // Archived while the agent was down, and found by the first listing.
    server.queueEvents().archived(SEGMENT, readyMillis, readyMillis + 1_000);
    assertThat(unlogged()).isZero();

    nowMillis += TIMEOUT_MILLIS + 1;
    assertThat(unlogged()).isEqualTo(1);
  }

  @Test
  void shouldShowAtOnceThatTheQueueCannotBeReadAndThatItCanAgain() {
    agent.takeChanges();
    server.queueEvents().unreadable("no such directory");
    assertThat(agent.takeChanges()).isEqualTo(Change.EVENT);
    server.queueEvents().readable();
    assertThat(agent.takeChanges()).isEqualTo(Change.EVENT);
  }

  /** It is shown within seconds, and nothing is shown that is not written down. */
  @Test
  void shouldCountWhatTheQueueForgotAndHaveItWrittenDown() {
    agent.takeChanges();
    server.queueEvents().limited(QueueBound.WORDS);
    assertThat(agent.takeChanges()).isEqualTo(Change.EVENT);
    server.queueEvents().limited(QueueBound.GAPS);
    server.queueEvents().limited(QueueBound.GAPS);
    assertThat(server.copy(ServerFacts.NONE).counts())
        .containsEntry(ServerCount.LIMITED_WORDS, 1L)
        .containsEntry(ServerCount.LIMITED_GAPS, 2L)
        .containsEntry(ServerCount.LIMITED_WITNESSES, 0L);
  }

  @Test
  void shouldTellTheQueueWhatWasPushed() {
    List<WalFile> told = new ArrayList<>();
    server.onPush(told::add);
    server.push(push(PushState.BEGIN), nowMillis);
    assertThat(told).isEmpty();
    server.push(push(PushState.COMPLETE), nowMillis);
    assertThat(told).containsExactly(SEGMENT);
  }

  /** WAL-E skips an extra segment whose file is gone: one that it had pushed may well be. */
  @Test
  void shouldTellTheQueueOfASkipUnlessTheSegmentWasPushedBefore() {
    List<WalFile> told = new ArrayList<>();
    server.onSkip(told::add);
    server.push(push(PushState.SKIP), nowMillis);
    assertThat(told).containsExactly(SEGMENT);
    server.push(push(PushState.COMPLETE), nowMillis);
    server.push(push(PushState.SKIP), nowMillis);
    assertThat(told).containsExactly(SEGMENT);
  }

  private LogEvent.Push push(PushState state) {
    return new LogEvent.Push(
        Instant.ofEpochMilli(nowMillis), "wal-e", state, SEGMENT, 7L, null, null);
  }
}
