/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How often something dear is read. */
class PacedTest {
  private final MutableClock clock = new MutableClock();
  private long takesMillis;
  private int reads;
  private final Paced<Integer> paced = new Paced<>(clock, 10_000, this::read);

  private int read() {
    clock.advanceMillis(takesMillis);
    return ++reads;
  }

  @Test
  void shouldReadAnewAfterThePause() {
    assertThat(paced.get()).isEqualTo(1);
    clock.advanceMillis(9_999);
    assertThat(paced.get()).isEqualTo(1);
    clock.advanceMillis(1);
    assertThat(paced.get()).isEqualTo(2);
  }

  @Test
  void shouldRestLongerAfterALongRead() {
    takesMillis = 2_000;
    paced.get();
    clock.advanceMillis(37_999);
    assertThat(paced.get()).isEqualTo(1);
    clock.advanceMillis(1);
    assertThat(paced.get()).isEqualTo(2);
  }

  @Test
  void shouldReadAnewWhenTheClockIsSetBack() {
    clock.advanceMillis(60_000);
    paced.get();
    clock.advanceMillis(-1_000);
    assertThat(paced.get()).isEqualTo(2);
  }
}
