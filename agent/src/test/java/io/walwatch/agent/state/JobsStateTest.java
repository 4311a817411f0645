/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.jobs.JobEnd;
import io.walwatch.agent.jobs.JobStart;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is known about jobs, fed as the spool's reader feeds it. */
final class JobsStateTest {
  private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
  private static final long YEAR_MILLIS = Duration.ofDays(365).toMillis();

  private final InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(NOW));
  private final Changes changes = new Changes();
  private final JobsState jobs = new JobsState(changes, clock);

  @Test
  void shouldTakeARunOfTheFutureForOneOfNow() {
    jobs.running("run", start(NOW + YEAR_MILLIS));
    jobs.ended("run", start(NOW + YEAR_MILLIS), new JobEnd(NOW + 2 * YEAR_MILLIS, 0, false), "");

    JobSnapshot job = jobs.copy().jobs().get(0);
    assertThat(job.lastStartMillis()).hasValue(NOW);
    assertThat(job.lastSuccessMillis()).hasValue(NOW);
    assertThat(job.lastDurationMillis()).hasValue(0);
  }

  @Test
  void shouldEndARunThatIsLost() {
    jobs.running("run", start(NOW - 5));
    assertThat(jobs.copy().jobs().get(0).running()).isEqualTo(1);

    jobs.lost("run", start(NOW - 5), "");
    jobs.malformed("run", "why");

    assertThat(jobs.copy().jobs().get(0).running()).isZero();
    assertThat(jobs.copy().jobs().get(0).counts()).containsEntry(JobCount.LOST, 1L);
    assertThat(jobs.copy().rejected()).isEqualTo(1);
  }

  /** What nobody publishes, nobody sees. */
  @Test
  void shouldTellOfASpoolThatBecameReadableOrUnreadableAtOnce() {
    jobs.spool(null, 0);
    assertThat(changes.take()).isEqualTo(Change.EVENT);
    jobs.spool(null, 0);
    assertThat(changes.take()).isEqualTo(Change.NONE);
    jobs.spool("Input/output error", 0);
    assertThat(changes.take()).isEqualTo(Change.EVENT);
    jobs.spool(null, 3);
    assertThat(changes.take()).isEqualTo(Change.EVENT);
  }

  @Test
  void shouldRememberWhatIsSettledOverARestart() {
    jobs.refused("a run with a name as long as a user likes", "base");
    Node saved = new Node();
    jobs.save(saved);

    JobsState again = new JobsState(new Changes(), clock);
    again.restore(saved, true);

    assertThat(again.isSettled("a run with a name as long as a user likes")).isTrue();
    assertThat(again.isSettled("another")).isFalse();
    assertThat(saved.longsAt("settledRuns")).hasSize(1);
  }

  @Test
  void shouldKnowSinceWhenAJobIsExpectedOverRestartsAndReloads() {
    jobs.expect(Map.of("base", Duration.ofDays(7)));
    Node saved = new Node();
    jobs.save(saved);

    InstantSource later = InstantSource.fixed(Instant.ofEpochMilli(NOW + YEAR_MILLIS));
    JobsState again = new JobsState(new Changes(), later);
    again.expect(Map.of("base", Duration.ofDays(7), "new", Duration.ofDays(1)));
    again.restore(saved, true);
    assertThat(again.copy().jobs())
        .extracting(job -> job.expectedSinceMillis().getAsLong())
        .containsExactly(NOW, NOW + YEAR_MILLIS);

    again.expect(Map.of("base", Duration.ofDays(1)));
    assertThat(again.copy().jobs())
        .extracting(JobSnapshot::expectedSinceMillis)
        .containsExactly(OptionalLong.of(NOW), OptionalLong.empty());
  }

  @Test
  void shouldUnderstandTheNamesInOlderCheckpoints() {
    jobs.restore(new Node().put("settled", List.of("one", "two")), true);

    assertThat(jobs.isSettled("one")).isTrue();
    assertThat(jobs.isSettled("two")).isTrue();
  }

  @Test
  void shouldLetTheOldestOfTooManyGo() {
    for (int i = 0; i <= SettledRuns.LIMIT; i++) {
      jobs.malformed("run " + i, "why");
    }

    assertThat(jobs.isSettled("run 0")).isFalse();
    assertThat(jobs.isSettled("run 1")).isTrue();
    assertThat(jobs.isSettled("run " + SettledRuns.LIMIT)).isTrue();
  }

  private static JobStart start(long millis) {
    return new JobStart("base", millis, 77, "", "", "", "postgres", "true");
  }
}
