/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random operations on the table and on a TreeMap at once. */
class SegmentTableTest {
  @Test
  void shouldBehaveAsASortedMap() {
    Random random = new Random(20261122);
    for (int run = 0; run < 50; run++) {
      SegmentTable table = new SegmentTable();
      TreeMap<Long, Long> model = new TreeMap<>();
      for (int step = 0; step < 500; step++) {
        change(table, model, random);
      }
      assertSame(table, model);
    }
  }

  private static void change(SegmentTable table, Map<Long, Long> model, Random random) {
    long key = random.nextInt(100) - 5L;
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        table.put(key, key * 3);
        model.put(key, key * 3);
      }
      case 2 -> assertThat(table.remove(key)).isEqualTo(model.remove(key) != null);
      case 3 -> assertThat(table.get(key, -7)).isEqualTo(model.getOrDefault(key, -7L));
      default -> {
        if (random.nextInt(40) == 0) {
          table.retain(kept -> kept % 3 != 0);
          model.keySet().removeIf(gone -> gone % 3 == 0);
        }
      }
    }
    assertThat(table.size()).isEqualTo(model.size());
  }

  private static void assertSame(SegmentTable table, Map<Long, Long> model) {
    int i = 0;
    for (Map.Entry<Long, Long> entry : model.entrySet()) {
      assertThat(table.keyAt(i)).isEqualTo(entry.getKey());
      assertThat(table.valueAt(i)).isEqualTo(entry.getValue());
      i++;
    }
  }

  @Test
  void shouldMoveAlongAQueueWithoutGrowing() {
    SegmentTable table = new SegmentTable();
    for (long key = 0; key < 100_000; key++) {
      table.put(key, key);
      if (key >= 10) {
        table.remove(key - 10);
      }
    }
    assertThat(table.size()).isEqualTo(10);
    assertThat(table.minValue()).hasValue(99_990);
  }
}
