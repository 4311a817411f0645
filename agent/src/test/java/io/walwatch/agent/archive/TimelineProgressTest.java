/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a skip takes back that is read long after it happened. */
class TimelineProgressTest {
  private final TimelineProgress progress = new TimelineProgress(9, () -> {});

  @Test
  void shouldMissOnlyTheSegmentThatWasSkippedBelowWhereItBegan() {
    progress.archived(10);
    progress.skipped(5);
    assertThat(progress.contiguous()).isEqualTo(4);
    assertThat(progress.gaps()).isEqualTo(1);
    progress.pushed(5);
    assertThat(progress.contiguous()).isEqualTo(10);
    assertThat(progress.gaps()).isZero();
  }

  @Test
  void shouldStillMissWhatWasMissedWhenASkipBelowIsRead() {
    progress.archived(10);
    progress.vanished(11);
    progress.archived(12);
    progress.skipped(5);
    progress.skipped(7);
    progress.skipped(3);
    assertThat(progress.contiguous()).isEqualTo(2);
    assertThat(progress.gaps()).as("3, 5, 7 and 11").isEqualTo(4);
  }

  @Test
  void shouldTellOfTheHolesThatItHasNoRoomFor() {
    AtomicInteger forgotten = new AtomicInteger();
    TimelineProgress many = new TimelineProgress(9, forgotten::incrementAndGet);
    for (int hole = 0; hole < 1_003; hole++) {
      many.vanished(10 + hole);
    }
    assertThat(forgotten).hasValue(3);
    assertThat(many.contiguous()).as("the lowest decides").isEqualTo(9);
  }
}
