/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.LastWrite;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A time that cannot be resolved is none; nothing is guessed. */
final class TimestampsTest {
  @Test
  void shouldReadWhatSaysItsOffset() {
    Instant expected = Instant.parse("2026-11-22T09:06:37.476Z");

    assertThat(read("2026-11-22 09:06:37.476 UTC", null)).isEqualTo(expected);
    assertThat(read("2026-11-22 09:06:37.476 GMT", null)).isEqualTo(expected);
    assertThat(read("2026-11-22 12:06:37.476 +03", null)).isEqualTo(expected);
    assertThat(read("2026-11-22 14:36:37.476 +0530", null)).isEqualTo(expected);
    assertThat(read("2026-11-22T10:06:37.476000+01:00", null)).isEqualTo(expected);
    assertThat(read("2026-11-22T09:06:37.476Z", null)).isEqualTo(expected);
    assertThat(read("1795338397.476", null)).isEqualTo(expected);
    assertThat(read("2147483648.000", null)).isEqualTo("2038-01-19T03:14:08Z");
  }

  @Test
  void shouldNotGuessAnAbbreviation() {
    assertThat(read("2026-11-22 09:06:37.476 IST", null)).isNull();
    assertThat(read("2026-11-22 10:06:37.476 CET", null)).isNull();
    assertThat(read("Nov 22 09:06:37", null)).isNull();
    assertThat(read("", null)).isNull();
  }

  @Test
  void shouldReadAnAbbreviationWhereTheZoneIsKnown() {
    String zone = "Europe/Berlin";

    assertThat(read("2026-11-22 10:06:37.476 CET", zone)).isEqualTo("2026-11-22T09:06:37.476Z");
    assertThat(read("2026-07-22 10:06:37 CEST", zone)).isEqualTo("2026-07-22T08:06:37Z");
  }

  @Test
  void shouldTellTheTwoHoursOfAutumnApart() {
    String zone = "Europe/Berlin";

    assertThat(read("2026-10-25 02:30:00 CEST", zone)).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(read("2026-10-25 02:30:00 CET", zone)).isEqualTo("2026-10-25T01:30:00Z");
    assertThat(read("2026-10-25 02:30:00 MESZ", zone)).as("German: not known").isNull();
  }

  @Test
  void shouldNotReadWhatIsNoDate() {
    assertThat(read("2026-13-22 09:06:37.476 UTC", null)).isNull();
    assertThat(read("2026-11-22 25:06:37.476 UTC", null)).isNull();
    assertThat(read("2026-11-22 09:06:37.476 +99", null)).isNull();
    assertThat(read("abcd-ef-gh ij:kl:mn.opq UTC", null)).isNull();
    assertThat(read("12345678901234.", null)).isNull();
    assertThat(read("123456789012345678901234.567", null)).isNull();
  }

  @Test
  void shouldTakeTheZoneThatTheFilesLastLineWasWrittenIn() {
    LastWrite inIndia =
        lastWrite("2026-11-22T03:36:37Z", "2026-11-22 09:06:36.476 IST [7] LOG:  x");
    LastWrite inIsrael = lastWrite("2026-11-22T07:06:37Z", "2026-11-22 09:06:36.476 IST,,,7,,");
    LastWrite inIreland =
        lastWrite("2026-07-22T08:06:37Z", "{\"timestamp\":\"2026-07-22 09:06:36.476 IST\",");

    assertThat(readIn(inIndia, "2026-11-22 09:00:00 IST")).isEqualTo("2026-11-22T03:30:00Z");
    assertThat(readIn(inIsrael, "2026-11-22 09:00:00 IST")).isEqualTo("2026-11-22T07:00:00Z");
    assertThat(readIn(inIreland, "2026-07-22 09:00:00 IST")).isEqualTo("2026-07-22T08:00:00Z");
  }

  @Test
  void shouldKnowSummerByWinter() {
    LastWrite winter = lastWrite("2026-10-25T02:00:00Z", "< 2026-10-25 03:00:00 CET >LOG:  x");

    assertThat(readIn(winter, "2026-10-25 02:59:59 CEST")).isEqualTo("2026-10-25T00:59:59Z");
    assertThat(readIn(winter, "2026-10-25 02:00:00 CET")).isEqualTo("2026-10-25T01:00:00Z");
    assertThat(readIn(winter, "2026-10-25 02:00:00 JST")).isNull();
    assertThat(readIn(winter, "2026-10-25 02:00:00 XYZT")).isNull();
  }

  @Test
  void shouldNotGuessWhereTheFilesEndProvesNothing() {
    String line = "2026-11-22 09:06:36.476 IST [7] LOG:  x";
    String text = "2026-11-22 09:00:00 IST";

    assertThat(readIn(lastWrite("2026-11-22T03:38:37Z", line), text)).isNull();
    assertThat(readIn(lastWrite("2026-11-22T03:36:30Z", line), text)).isNull();
    assertThat(readIn(lastWrite("2026-11-22T03:36:37Z", "\t" + line), text)).isNull();
    assertThat(readIn(lastWrite("2026-11-22T03:36:37Z", "cp: cannot stat"), text)).isNull();
    assertThat(readIn(lastWrite("2026-11-22T03:36:37Z", "2026-99-22 09:06:36 IST"), text)).isNull();
  }

  private static LastWrite lastWrite(String at, String line) {
    return new LastWrite(Instant.parse(at), line);
  }

  private static @Nullable Instant readIn(LastWrite lastWrite, String text) {
    return new Timestamps(null, lastWrite).read(slice(text));
  }

  private static @Nullable Instant read(String text, @Nullable String zone) {
    return new Timestamps(zone == null ? null : ZoneId.of(zone), null).read(slice(text));
  }

  private static ByteSlice slice(String text) {
    byte[] bytes = Ascii.bytes(text);
    return new ByteSlice().wrap(bytes, 0, bytes.length);
  }
}
