/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a glance sees is what the whole prefix says. */
final class GlanceTest {
  private static final byte[] PADDING = new byte[64];
  private static final byte[] TELLING = Ascii.bytes(" :@[]=,.-0129AZaLOGD\t\n\u00e4/");

  private final PrefixMatch match = new PrefixMatch();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%m [%p] ' | 2026-11-22 09:06:37.476 UTC [5433] LOG:  duration: 5",
        "%t [%p] ' | 2026-11-22 09:06:37 CEST [5433] ERROR:  duplicate",
        "%m [%p] %q%u@%d ' | 2026-11-22 09:06:37.476 UTC [5433] app@shop LOG:  duration: 5",
        "%m [%p] %q%u@%d ' | 2026-11-22 09:06:37.476 UTC [5433] LOG:  checkpoint starting",
        "%t:%r:%u@%d:[%p]:' | 2026-11-22 09:06:37 UTC:10.0.0.1(5):app@shop:[54]:DETAIL:  Key",
        "%t:%r:%u@%d:[%p]:' | 2026-11-22 09:06:37 UTC::@:[54]:LOG:  checkpoint starting",
        "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ' | 2026-11-22 09:06:37 -03 [5]:"
            + " [7-1] user=a,db=b,app=c,client=d STATEMENT:  select 1",
        "%s [%p] ' | 2026-11-22 09:06:37 UTC [5433] LOG:  duration: 5",
        "%m [%p]: ' | 2026-11-22 09:06:37.476 +0530 [5433]: WARNING:  there is no transaction"
      })
  void shouldSeeWhatTheWholePrefixSays(String quoted, String text) {
    PrefixTemplate template = PrefixTemplate.compile(quoted.substring(0, quoted.length() - 1));
    ByteSlice line = line(Ascii.bytes(text));
    assertThat(template.match(line, match)).isTrue();
    Glance glance = Objects.requireNonNull(template.glance());
    glance.learn(match);

    assertThat(glance.read(line)).isTrue();
    assertSame(glance, text);
    assertSameForAnyChange(template, glance, text);
  }

  private void assertSameForAnyChange(PrefixTemplate template, Glance glance, String text) {
    Random random = new Random(20261122);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = Ascii.bytes(text);
      for (int i = random.nextInt(3); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = TELLING[random.nextInt(TELLING.length)];
      }
      ByteSlice changed = line(bytes);
      if (glance.read(changed)) {
        assertThat(template.match(changed, match)).as(changed.toString()).isTrue();
        assertSame(glance, changed.toString());
      }
    }
  }

  private void assertSame(Glance glance, String text) {
    assertThat(glance.pid()).as(text).isEqualTo(match.pid);
    assertThat(glance.isSession()).as(text).isEqualTo(match.session);
    assertThat(glance.beginning().wordStart()).as(text).isEqualTo(match.severity.start());
    assertThat(glance.beginning().wordEnd()).as(text).isEqualTo(match.severity.wordEnd());
    assertThat(glance.beginning().isMessage())
        .as(text)
        .isEqualTo(match.role == Severity.Role.MESSAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%m [%p] %b ", "%u%d ", "%m %u%q"})
  void shouldLeaveToTheWholePrefixWhatNeedsMoreThanOneTry(String setting) {
    assertThat(PrefixTemplate.compile(setting).glance()).isNull();
  }

  @Test
  void shouldNotLookBehindTheBufferOfALineAtItsEnd() {
    PrefixTemplate template = PrefixTemplate.compile("%m [%p] ");
    byte[] bytes = Ascii.bytes("2026-11-22 09:06:37.476 UTC [5433] LOG:  duration: 5");
    for (int length = 0; length <= bytes.length; length++) {
      Glance glance = Objects.requireNonNull(template.glance());
      ByteSlice line = new ByteSlice().wrap(Arrays.copyOf(bytes, length), 0, length);
      if (template.match(line, match)) {
        glance.learn(match);
      }

      assertThat(glance.read(line)).isFalse();
    }
  }

  /** As a buffer holds it: other lines follow. */
  private static ByteSlice line(byte[] text) {
    byte[] bytes = Arrays.copyOf(text, text.length + PADDING.length);
    bytes[text.length] = '\n';
    return new ByteSlice().wrap(bytes, 0, text.length);
  }
}
