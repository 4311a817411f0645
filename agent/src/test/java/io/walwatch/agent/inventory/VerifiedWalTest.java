/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.inventory.VerifiedWal.Walk;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long a look may rely on an earlier one. */
final class VerifiedWalTest {
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final long WALKED = Duration.ofDays(20_000).toMillis();
  private static final VerifiedWal WAL =
      new VerifiedWal(
          "000000010000000000000010", "000000010000000000000042", 1L << 40, new Walk(WALKED, "a"));

  @Test
  void shouldHoldUntilTheNextLookWouldComeAfterADay() {
    assertThat(WAL.holds(after(Duration.ZERO), EVERY)).isTrue();
    assertThat(WAL.holds(after(Duration.ofHours(24).minusMinutes(11)), EVERY)).isTrue();
    assertThat(WAL.holds(after(Duration.ofHours(24).minusMinutes(10)), EVERY)).isFalse();
    assertThat(WAL.holds(after(Duration.ofHours(25)), EVERY)).isFalse();
  }

  @Test
  void shouldWalkAtEachLookThatComesOnceADay() {
    assertThat(WAL.holds(after(Duration.ofSeconds(1)), Duration.ofDays(1))).isFalse();
  }

  @Test
  void shouldNotHoldElsewhereNorWithAClockThatWentBack() {
    assertThat(WAL.holds(new Walk(WALKED, "b"), EVERY)).isFalse();
    assertThat(WAL.holds(after(Duration.ofMillis(-1)), EVERY)).isFalse();
  }

  @Test
  void shouldBeTheSameAfterItWasWrittenDownAndNothingWithoutAPart() {
    assertThat(VerifiedWal.ofFields(WAL.toFields())).hasValue(WAL);
    for (String part : WAL.toFields().keySet()) {
      Map<String, Object> fields = new HashMap<>(WAL.toFields());
      fields.remove(part);
      assertThat(VerifiedWal.ofFields(fields)).as("without %s", part).isEmpty();
    }
  }

  private static Walk after(Duration time) {
    return new Walk(WALKED + time.toMillis(), "a");
  }
}
