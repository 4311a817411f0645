/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Segments as one text, and back. */
final class SegmentRunsTest {
  private static final int WAITING = 100_000;

  /** Typed: gap and count take a byte each, four characters hold three bytes; 1.5% for new logs. */
  private static final int MOST_CHARACTERS = 270_000;

  private final SegmentTable table = new SegmentTable();

  @Test
  void shouldWriteARunAsTwoNumbers() {
    table.put(SegmentKey.parse("000000000000000000000005"), 0);
    table.put(SegmentKey.parse("000000000000000000000006"), 0);
    table.put(SegmentKey.parse("000000000000000000000009"), 0);

    // 5 and 1 more; 2 are left out, and 0 more: bytes 05 01 02 00.
    assertThat(SegmentRuns.of(table).text()).isEqualTo("BQECAA");
  }

  @Test
  void shouldTakeAFewCharactersForEachOfAHundredThousandScatteredSegments() {
    for (int i = 0; i < WAITING; i++) {
      table.put(SegmentKey.parse(QueueFixture.segment(2 * i)), 0);
    }

    SegmentRuns runs = SegmentRuns.of(table);

    assertThat(runs.text()).hasSizeLessThan(MOST_CHARACTERS);
    assertThat(keys(runs)).hasSize(WAITING).isEqualTo(keys(table));
  }

  @Test
  void shouldGiveBackAnyPattern() {
    Random random = new Random(4);
    for (int i = 0; i < 5_000; i++) {
      long timeline = 1L + random.nextInt(1 << random.nextInt(19));
      long key = SegmentKey.of(timeline, random.nextInt(1 << 20), random.nextInt(1 << 12));
      for (int more = random.nextInt(4); more >= 0; more--) {
        table.put(key + more, 0);
      }
    }

    assertThat(keys(SegmentRuns.of(table))).isEqualTo(keys(table));
  }

  @Test
  void shouldKeepTheLastNameThereCanBe() {
    table.put(SegmentKey.parse("0007FFFFFFFFFFFF00000FFF"), 0);

    assertThat(keys(SegmentRuns.of(table))).isEqualTo(keys(table));
  }

  @Test
  void shouldLeaveOutWhatIsNoSegment() {
    table.put(-2, 0);

    assertThat(SegmentRuns.of(table)).isEqualTo(SegmentRuns.NONE);
  }

  @Test
  void shouldTakeAnotherTextForNone() {
    assertThat(keys(new SegmentRuns("not base64!"))).isEmpty();
  }

  private static List<Long> keys(SegmentRuns runs) {
    List<Long> keys = new ArrayList<>();
    runs.forEachKey(keys::add);
    return keys;
  }

  private static List<Long> keys(SegmentTable table) {
    List<Long> keys = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      keys.add(table.keyAt(i));
    }
    return keys;
  }
}
