/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walwatch.agent.config.yaml.InvalidValueException;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {
  @Test
  void shouldReadDurations() throws InvalidValueException {
    assertThat(Durations.parse("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(Durations.parse("15m")).isEqualTo(Duration.ofMinutes(15));
    assertThat(Durations.parse("6h")).isEqualTo(Duration.ofHours(6));
    assertThat(Durations.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(Durations.parse("1d2h3m4s5ms")).isEqualTo(Duration.ofMillis(93_784_005));
    assertThat(Durations.parse("250ms")).isEqualTo(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "15", "m", "15 m", "15min", "30m1h", "-1h", "1.5h", "1h1h", "9999999999s"})
  void shouldRefuseWhatIsNoDuration(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> Durations.parse(text))
        .withMessageStartingWith("is not a duration");
  }

  @Test
  void shouldReadSizes() throws InvalidValueException {
    assertThat(Sizes.parse("0B")).isZero();
    assertThat(Sizes.parse("64KiB")).isEqualTo(65_536);
    assertThat(Sizes.parse("3MiB")).isEqualTo(3_145_728);
    assertThat(Sizes.parse("300GiB")).isEqualTo(322_122_547_200L);
    assertThat(Sizes.parse("2TiB")).isEqualTo(2_199_023_255_552L);
    assertThat(Sizes.limit("1MiB").parse("unlimited")).isEqualTo(OptionalLong.empty());
    assertThat(Sizes.limit("1MiB").parse("1MiB")).isEqualTo(OptionalLong.of(1_048_576));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64", "64k", "64KB", "64 KiB", "-1B", "1.5GiB", "KiB", "unlimited"})
  void shouldRefuseWhatIsNoSize(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> Sizes.parse(text))
        .withMessageStartingWith("is not a size");
  }

  @Test
  void shouldRefuseASizeThatNoNumberHolds() {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> Sizes.parse("99999999999999999TiB"))
        .withMessage("is out of range: it has more than 63 bits");
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> Sizes.limit("1MiB").parse("1KiB"))
        .withMessage("is out of range: at least 1MiB, or unlimited");
  }

  @ParameterizedTest
  @ValueSource(strings = {":10432", "127.0.0.1:0", "[::1]:80", "db1.example:1", "[fe80::1%eth0]:5"})
  void shouldShowAnAddressAsItWasWritten(String text) throws InvalidValueException {
    assertThat(ListenAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10432", "::1:80", "localhost", "localhost:", "a b:1", "[]:1"})
  void shouldRefuseWhatIsNoAddress(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> ListenAddress.parse(text))
        .withMessageStartingWith("is not ADDRESS:PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "15/main", "db-1.example_x", "_"})
  void shouldTakeTheNamesOfServers(String text) {
    assertThat(Values.isName(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/main", ".x", "-x", "a b", "a=b", "é", "a\n"})
  void shouldRefuseOtherNames(String text) {
    assertThat(Values.isName(text)).isFalse();
  }
}
