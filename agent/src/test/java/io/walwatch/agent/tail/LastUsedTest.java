/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is forgotten first. */
final class LastUsedTest {
  @Test
  void shouldForgetWhatWasNotUsedForLongest() {
    AtomicInteger forgotten = new AtomicInteger();
    Map<Integer, Integer> map = new LastUsed<>(any -> forgotten.incrementAndGet());
    for (int i = 0; i < LastUsed.LIMIT; i++) {
      map.put(i, i);
    }
    assertThat(map.get(0)).isZero();
    assertThat(forgotten).hasValue(0);

    map.put(-1, -1);

    assertThat(forgotten).hasValue(1);
    assertThat(map).hasSize(LastUsed.LIMIT).containsKeys(0, -1, 2).doesNotContainKey(1);
  }
}
