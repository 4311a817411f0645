/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What log_timezone may be. */
final class ZoneSettingTest {
  private static final Instant WINTER = Instant.parse("2026-01-15T12:00:00Z");
  private static final Instant SUMMER = Instant.parse("2026-07-15T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "EST, -05:00, -05:00",
    "MST, -07:00, -07:00",
    "HST, -10:00, -10:00",
    "EST5EDT, -05:00, -04:00",
    "posix/Europe/Berlin, +01:00, +02:00",
    "posix/EST, -05:00, -05:00",
    "Etc/GMT+3, -03:00, -03:00",
    "UTC, Z, Z",
  })
  void shouldKnowItsOffset(String name, String winter, String summer) {
    assertThat(ZoneSetting.of(name).getRules().getOffset(WINTER)).hasToString(winter);
    assertThat(ZoneSetting.of(name).getRules().getOffset(SUMMER)).hasToString(summer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localtime", "posix/localtime", "right/UTC", "UTC+3", "gmt-3", "nowhere"})
  void shouldNotGuess(String name) {
    assertThatThrownBy(() -> ZoneSetting.of(name)).isInstanceOf(DateTimeException.class);
  }
}
