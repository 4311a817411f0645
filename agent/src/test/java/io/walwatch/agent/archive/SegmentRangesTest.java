/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.QueueMemory.Range;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Random operations on the ranges and on a BitSet at once. */
class SegmentRangesTest {
  @Test
  void shouldBehaveAsASetOfNumbers() {
    Random random = new Random(20261122);
    for (int run = 0; run < 50; run++) {
      SegmentRanges ranges = new SegmentRanges(() -> {});
      BitSet model = new BitSet();
      for (int step = 0; step < 200; step++) {
        int first = random.nextInt(120);
        if (random.nextInt(3) == 0) {
          ranges.remove(first);
          model.clear(first);
        } else {
          int last = first + random.nextInt(4);
          ranges.addRange(first, last);
          model.set(first, last + 1);
        }
        assertSame(ranges, model, first);
      }
    }
  }

  private static void assertSame(SegmentRanges ranges, BitSet model, int number) {
    assertThat(ranges.contains(number)).isEqualTo(model.get(number));
    int end = model.get(number) ? model.nextClearBit(number) - 1 : number;
    assertThat(ranges.endOfRange(number)).isEqualTo(end);
    assertThat(ranges.missingBetween(10, 90)).isEqualTo(81 - model.get(10, 91).cardinality());
  }

  @Test
  void shouldKeepRunsAsOneRange() {
    SegmentRanges ranges = new SegmentRanges(() -> {});
    for (int number = 1; number <= 1_000_000; number++) {
      ranges.add(number);
    }
    assertThat(ranges.toList()).containsExactly(new Range(1, 1_000_000));
  }

  @Test
  void shouldNeverClaimMoreThanItKnowsWhenThereAreTooManyGaps() {
    AtomicInteger forgotten = new AtomicInteger();
    SegmentRanges ranges = new SegmentRanges(forgotten::incrementAndGet);
    ranges.addRange(1, 9);
    for (long number = 20; number < 10_000; number += 2) {
      ranges.add(number);
    }
    assertThat(ranges.toList()).hasSize(SegmentRanges.MAX_RANGES);
    assertThat(forgotten).as("4,990 ranges and the first").hasValue(4_991 - 1_000);
    assertThat(ranges.endOfRange(1)).isEqualTo(9);
    assertThat(ranges.contains(10)).isFalse();
  }
}
