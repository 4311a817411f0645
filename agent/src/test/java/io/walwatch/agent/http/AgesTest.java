/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ages, for people. */
final class AgesTest {
  @ParameterizedTest
  @CsvSource({
    "PT-5S, 0 s",
    "PT59.9S, 59 s",
    "PT60S, 1 min",
    "PT59M59S, 59 min",
    "PT60M, 1 h 0 min",
    "PT23H59M, 23 h 59 min",
    "P1D, 1 d 0 h",
    "PT99H, 4 d 3 h",
  })
  void shouldTellTwoUnitsAtMost(String age, String text) {
    assertThat(Ages.text(Duration.parse(age))).isEqualTo(text);
  }

  @Test
  void shouldTellATimeInUtcAndHowLongAgoItIs() {
    Instant time = Instant.parse("2026-02-03T04:05:06Z");

    assertThat(Ages.of(time, time.plusSeconds(125)))
        .isEqualTo("2026-02-03 04:05:06 UTC (2 min ago)");
    assertThat(Ages.of(time, time.minusSeconds(1))).isEqualTo("2026-02-03 04:05:06 UTC");
  }
}
