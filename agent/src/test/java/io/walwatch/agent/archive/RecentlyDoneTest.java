/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a restart must not count a second time. */
class RecentlyDoneTest {
  private static final long NOW = 1_000_000;
  private final RecentlyDone recent = new RecentlyDone();

  private static long key(int number) {
    return SegmentKey.ofNumber(1, number, WalGeometry.DEFAULT);
  }

  @Test
  void shouldTakeForNewsWhatWasBegunAfterTheCheckpointAndNotCountedBefore() {
    recent.restore(NOW);
    recent.add(key(1), NOW);
    assertThat(recent.isNews(key(1), NOW)).as("counted").isFalse();
    assertThat(recent.isNews(key(2), NOW + 1)).isTrue();
    assertThat(recent.isNews(key(2), NOW - 2_001)).as("older than the border").isFalse();
  }

  @Test
  void shouldForgetWhatNoRestartCanMistakeForNews() {
    recent.add(key(1), NOW);
    recent.add(key(2), NOW + 9_000);
    SegmentTable kept = recent.keys(NOW + 10_001);
    assertThat(kept.size()).isEqualTo(1);
    assertThat(kept.contains(key(2))).isTrue();
  }

  /** As after a long stop; looking through all of them for each one would take hours. */
  @Test
  @Timeout(60)
  void shouldTakeAMillionAtOnce() {
    for (int i = 0; i < 1_000_000; i++) {
      recent.add(key(i), NOW);
    }
    assertThat(recent.contains(key(0))).isTrue();
    assertThat(recent.contains(key(999_999))).isTrue();
    recent.add(key(1_000_000), NOW + 60_000);
    assertThat(recent.keys(NOW + 60_000).size()).isEqualTo(1);
  }
}
