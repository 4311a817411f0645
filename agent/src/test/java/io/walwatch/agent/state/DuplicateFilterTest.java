/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** One record by two ways, and two records that look alike. */
final class DuplicateFilterTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final DuplicateFilter filter = filter();

  @Test
  void shouldCountARecordOnceThatComesByTwoWays() {
    assertThat(filter.isDuplicate("stderr", 1, NOON)).isFalse();
    assertThat(filter.isDuplicate("syslog", 1, NOON)).isTrue();
  }

  @Test
  void shouldCountARecordOnceWhereOneWayIsAnHourBehind() {
    for (int second = 0; second < 3600; second++) {
      assertThat(filter.isDuplicate("stderr", second, NOON.plusSeconds(second))).isFalse();
    }
    for (int second = 0; second < 3600; second++) {
      assertThat(filter.isDuplicate("syslog", second, NOON.plusSeconds(second))).isTrue();
    }
    assertThat(filter.evictions()).isZero();
  }

  @Test
  void shouldCountTwoEqualRecordsOfOneSourceTwice() {
    assertThat(filter.isDuplicate("stderr", 1, NOON)).isFalse();
    assertThat(filter.isDuplicate("stderr", 1, NOON)).isFalse();
  }

  @Test
  void shouldTakeTheNthOccurrenceInOneSourceForTheNthInAnother() {
    assertThat(filter.isDuplicate("stderr", 1, NOON)).isFalse();
    assertThat(filter.isDuplicate("stderr", 1, NOON)).isFalse();
    assertThat(filter.isDuplicate("syslog", 1, NOON)).isTrue();
    assertThat(filter.isDuplicate("syslog", 1, NOON)).isTrue();
    assertThat(filter.isDuplicate("syslog", 1, NOON)).isFalse();
    assertThat(filter.isDuplicate("stderr", 1, NOON)).isTrue();
  }

  @Test
  void shouldTakeARecordWithoutATimeForTheSameOne() {
    assertThat(filter.isDuplicate("stderr", 1, NOON)).isFalse();
    assertThat(filter.isDuplicate("syslog", 1, null)).isTrue();
  }

  @Test
  void shouldRememberNothingWhereThereIsOneWayOnly() {
    DuplicateFilter alone = new DuplicateFilter();
    alone.expect("stderr");
    for (int i = 0; i < 10_000; i++) {
      assertThat(alone.isDuplicate("stderr", i, NOON)).isFalse();
    }
    assertThat(alone.evictions()).isZero();
  }

  @Test
  void shouldForgetWithoutCountingWhatEveryWayHasComePast() {
    for (int second = 0; second < 10_000; second++) {
      Instant at = NOON.plusSeconds(second);
      assertThat(filter.isDuplicate("stderr", second, at)).isFalse();
      assertThat(filter.isDuplicate("syslog", second, at)).isTrue();
    }
    assertThat(filter.evictions()).isZero();
  }

  @Test
  void shouldCountWhatHasToLeaveBeforeTheSlowestWayHasComePast() {
    for (int i = 0; i < 4_096 + 7; i++) {
      filter.isDuplicate("stderr", i, NOON.plusSeconds(i));
    }
    assertThat(filter.evictions()).isEqualTo(7);
    assertThat(filter.isDuplicate("syslog", 0, NOON)).as("evicted").isFalse();
    assertThat(filter.isDuplicate("syslog", 4_000, NOON.plusSeconds(4_000))).isTrue();
  }

  @Test
  void shouldKnowAfterARestartWhatCameBefore() {
    filter.isDuplicate("stderr", 1, NOON);
    filter.isDuplicate("stderr", 1, NOON);
    Node saved = new Node();
    filter.save(saved);

    DuplicateFilter restarted = filter();
    restarted.restore(saved, true);

    assertThat(restarted.isDuplicate("syslog", 1, NOON)).isTrue();
    assertThat(restarted.isDuplicate("syslog", 1, NOON)).isTrue();
    assertThat(restarted.isDuplicate("syslog", 1, NOON)).isFalse();
  }

  @Test
  void shouldStartItsCounterAgainWhereCountersMust() {
    for (int i = 0; i < 4_100; i++) {
      filter.isDuplicate("stderr", i, NOON);
    }
    Node saved = new Node();
    filter.save(saved);

    DuplicateFilter restarted = filter();
    restarted.restore(saved, false);

    assertThat(filter.evictions()).isEqualTo(4);
    assertThat(restarted.evictions()).isZero();
    assertThat(restarted.isDuplicate("syslog", 4_099, NOON)).isTrue();
  }

  private static DuplicateFilter filter() {
    DuplicateFilter filter = new DuplicateFilter();
    filter.expect("stderr");
    filter.expect("syslog");
    return filter;
  }
}
