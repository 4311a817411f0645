/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
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
  void shouldCountWhatComesSoLateThatItHadToBeForgotten() {
    for (int i = 0; i < DuplicateFilter.LIMIT + 7; i++) {
      filter.isDuplicate("stderr", i, NOON.plusSeconds(i));
    }
    assertThat(filter.evictions()).as("nothing came late yet").isZero();
    for (int i = 0; i < 7; i++) {
      assertThat(filter.isDuplicate("syslog", i, NOON.plusSeconds(i))).as("forgotten").isFalse();
    }
    assertThat(filter.isDuplicate("syslog", 7, NOON.plusSeconds(7))).isTrue();
    assertThat(filter.evictions()).isEqualTo(7);
  }

  @Test
  void shouldCountNothingWhereTheOtherWayIsSilent() {
    for (int i = 0; i < 2 * DuplicateFilter.LIMIT; i++) {
      filter.isDuplicate("stderr", i, NOON.plusSeconds(i));
    }
    filter.isDuplicate("syslog", -1, NOON.plusSeconds(2 * DuplicateFilter.LIMIT));
    assertThat(filter.evictions()).isZero();
  }

  @Test
  void shouldBeCrowdedOnlyByWhatWaitsForAnotherWay() {
    for (int i = 0; i < DuplicateFilter.LIMIT; i++) {
      filter.isDuplicate("stderr", i, NOON);
      filter.isDuplicate("syslog", i, NOON);
    }
    assertThat(filter.isCrowded()).isFalse();
    for (int i = 0; i < DuplicateFilter.LIMIT; i++) {
      filter.isDuplicate("stderr", -1 - i, NOON);
    }
    assertThat(filter.isCrowded()).isTrue();
    filter.isDuplicate("stderr", -1, NOON.plusSeconds(3600));
    filter.isDuplicate("syslog", -1, NOON.plusSeconds(3600));
    assertThat(filter.isCrowded()).as("every way has come past").isFalse();
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
  void shouldKnowWhatCameBeforeOnceItsSourcesAreBackThatWereAwayForAWholeRun() {
    filter.isDuplicate("stderr", 1, NOON);

    DuplicateFilter back = restarted(saved(restarted(saved(filter))), "stderr", "syslog");

    assertThat(back.newestMillis("stderr")).isEqualTo(NOON.toEpochMilli());
    assertThat(back.isDuplicate("syslog", 1, NOON)).isTrue();
    assertThat(back.isDuplicate("syslog", 1, NOON)).isFalse();
  }

  @Test
  void shouldWaitForNoSourceThatIsNotAmongThoseThatComeBack() {
    filter.isDuplicate("stderr", 1, NOON);
    filter.isDuplicate("stderr", 2, NOON);
    DuplicateFilter away = restarted(saved(filter));

    away.expect("csv");
    away.expect("syslog");

    assertThat(away.isDuplicate("syslog", 1, NOON)).as("stderr is gone").isFalse();
    assertThat(away.isDuplicate("csv", 1, NOON)).isTrue();
    assertThat(saved(away).stringsAt("sources")).containsExactly("csv", "syslog");
  }

  @Test
  void shouldKeepItsCounterWhileItsSourcesAreAway() {
    for (int i = 0; i < DuplicateFilter.LIMIT + 4; i++) {
      filter.isDuplicate("stderr", i, NOON);
    }
    filter.isDuplicate("syslog", 0, NOON);
    Node saved = saved(filter);

    assertThat(restarted(saved(restarted(saved))).evictions()).isEqualTo(1);
    DuplicateFilter anew = new DuplicateFilter();
    anew.restore(saved, false);
    assertThat(restarted(saved(anew)).evictions()).isZero();
  }

  private static Node saved(DuplicateFilter filter) {
    Node saved = new Node();
    filter.save(saved);
    return saved;
  }

  private static DuplicateFilter restarted(Node saved, String... sources) {
    DuplicateFilter restarted = new DuplicateFilter();
    for (String source : sources) {
      restarted.expect(source);
    }
    restarted.restore(saved, true);
    return restarted;
  }

  @Test
  void shouldKnowAfterARestartWhatWasForgotten() {
    for (int i = 0; i < DuplicateFilter.LIMIT + 4; i++) {
      filter.isDuplicate("stderr", i, NOON);
    }
    Node saved = new Node();
    filter.save(saved);

    DuplicateFilter restarted = filter();
    restarted.restore(saved, true);

    assertThat(restarted.isDuplicate("syslog", 0, NOON)).as("forgotten").isFalse();
    assertThat(restarted.isDuplicate("syslog", 4, NOON)).isTrue();
    assertThat(restarted.evictions()).isEqualTo(1);
  }

  @Test
  void shouldStartItsCounterAgainWhereCountersMust() {
    for (int i = 0; i < DuplicateFilter.LIMIT + 4; i++) {
      filter.isDuplicate("stderr", i, NOON);
    }
    filter.isDuplicate("syslog", 0, NOON);
    Node saved = new Node();
    filter.save(saved);

    DuplicateFilter restarted = filter();
    restarted.restore(saved, false);

    assertThat(filter.evictions()).isEqualTo(1);
    assertThat(restarted.evictions()).isZero();
    assertThat(restarted.isDuplicate("syslog", 4_099, NOON)).isTrue();
  }

  @Test
  void shouldReadEntriesThatWereNotPacked() {
    Node entry = new Node().put("hash", 1).put("at", NOON.toEpochMilli());
    entry.add("in").put("stderr", 2).put("gone", 5);
    Node saved = new Node().put("entries", List.of(entry));
    saved.add("newest").put("stderr", NOON.toEpochMilli());

    filter.restore(saved, true);

    assertThat(filter.newestMillis("stderr")).isEqualTo(NOON.toEpochMilli());
    assertThat(filter.isDuplicate("syslog", 1, NOON)).isTrue();
    assertThat(filter.isDuplicate("syslog", 1, NOON)).isTrue();
    assertThat(filter.isDuplicate("syslog", 1, NOON)).isFalse();
  }

  @Test
  void shouldGoOnWithoutEntriesThatAreNoneAndWithoutWaysThatAreGone() {
    filter.isDuplicate("stderr", 1, NOON);
    Node saved = new Node();
    filter.save(saved);

    DuplicateFilter fewer = new DuplicateFilter();
    fewer.expect("csv");
    fewer.expect("syslog");
    fewer.restore(saved, true);
    assertThat(fewer.isDuplicate("syslog", 1, NOON)).as("stderr is gone").isFalse();

    saved.put("packed", "no base64 %");
    DuplicateFilter fresh = filter();
    fresh.restore(saved, true);
    assertThat(fresh.isDuplicate("syslog", 1, NOON)).isFalse();
  }

  private static DuplicateFilter filter() {
    DuplicateFilter filter = new DuplicateFilter();
    filter.expect("stderr");
    filter.expect("syslog");
    return filter;
  }
}
