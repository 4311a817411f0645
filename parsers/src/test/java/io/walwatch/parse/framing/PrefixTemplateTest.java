/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.Ascii;
import io.walwatch.parse.ByteSlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any log_line_prefix can be given. */
final class PrefixTemplateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "%m [%p] |2026-11-22 09:06:37.476 UTC [5433] LOG:  x|5433|false",
        "%m [%p] %q%u@%d |2026-11-22 09:06:37.476 UTC [5433] LOG:  x|5433|false",
        "%m [%p] %q%u@%d |2026-11-22 09:06:37.476 UTC [7] ann@db LOG:  x|7|true",
        "%t:%r:%u@%d:[%p]:|2026-11-22 09:08:30 UTC::@:[9]:LOG:  x|9|false",
        "%t:%r:%u@%d:[%p]:|2026-11-22 09:08:30 UTC:[local]:ann@db:[9]:LOG:  x|9|true",
        "%t:%r:%u@%d:[%p]:|2026-11-22 09:08:30 UTC:10.0.0.1(53124):ann@db:[9]:LOG:  x|9|true",
        "%t [%p]: user=%u,db=%d,app=%a,client=%h |2026-11-22 09:09:05 UTC [3]: user=,db=,app=,client= LOG:  x|3|false",
        "%t [%p]: [%l-1] user=%u,db=%d |2026-11-22 09:09:05 UTC [3]: [12-1] user=a,db=b LOG:  x|3|true",
        "%n %e [%p] %c %v %x |1795338397.476 00000 [3] 6b02b0ca.1c97 3/617 0 LOG:  x|3|false",
        "%10p %-8u|         3         LOG:  x|3|false",
        "[%-8p] |[5433    ] LOG:  x|5433|false",
        "%-8p|5433    LOG:  x|5433|false",
        "%3p |5433 LOG:  x|5433|false",
        "%-30m[%p] |2026-11-22 09:06:37.476 UTC   [5433] LOG:  x|5433|false",
        "%30m[%p] |   2026-11-22 09:06:37.476 UTC[5433] LOG:  x|5433|false",
        "%5l %-7e [%p] |    1 00000   [3] LOG:  x|3|false",
        "[%p] %5x%-5x|[3]     0     LOG:  x|3|false",
        "[%p] %-3x %|[3]     LOG:  x|3|false",
        "[%p] %12|[3] LOG:  x|3|false",
        "100%% %p: |100% 3: LOG:  x|3|false",
        "< %m >|< 2026-11-22 09:06:37.476 CET >LOG:  x|-1|false",
      })
  void shouldReadTheLine(String setting, String line, long pid, boolean session) {
    PrefixMatch match = new PrefixMatch();

    assertThat(PrefixTemplate.compile(setting).match(slice(line), match)).isTrue();
    assertThat(match.pid).isEqualTo(pid);
    assertThat(match.session).isEqualTo(session);
    assertThat(match.role).isEqualTo(Severity.Role.MESSAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "%s %m [%p] |2026-11-01 00:00:00 UTC 2026-11-22 09:00:02.000 UTC [5] LOG:  x|2026-11-22 09:00:02.000 UTC",
        "%m %s [%p] |2026-11-22 09:00:02.000 UTC 2026-11-01 00:00:00 UTC [5] LOG:  x|2026-11-22 09:00:02.000 UTC",
        "[%p] %s |[5] 2026-11-01 00:00:00 UTC LOG:  x|",
        "%s %n |2026-11-01 00:00:00 UTC 1795338397.476 LOG:  x|1795338397.476",
        // Learned from lines, the start of the process cannot be told by its looks.
        "%m %m [%p] |2026-11-01 00:00:00 UTC 2026-11-22 09:00:02.000 UTC [5] LOG:  x|2026-11-22 09:00:02.000 UTC",
        "%m %m [%p] |2026-11-22 09:00:02.000 UTC 2026-11-01 00:00:00 UTC [5] LOG:  x|2026-11-22 09:00:02.000 UTC",
        "%m %n |2026-11-01 00:00:00 UTC 1795338397.476 LOG:  x|1795338397.476",
        "%n %m |1795338397.476 2026-11-01 00:00:00 UTC LOG:  x|1795338397.476",
      })
  void shouldNeverTakeTheStartOfTheProcessForTheTimeOfTheRecord(
      String setting, String line, String time) {
    PrefixMatch match = new PrefixMatch();

    assertThat(PrefixTemplate.compile(setting).match(slice(line), match)).isTrue();
    assertThat(match.time.toString()).isEqualTo(time == null ? "" : time);
  }

  @Test
  void shouldTakeNoLineThatOnlyLooksLikeIt() {
    PrefixTemplate template = PrefixTemplate.compile("%m [%p] ");
    PrefixMatch match = new PrefixMatch();

    for (String line :
        new String[] {
          "",
          "LOG:  x",
          "2026-11-22 09:06:37.476 UTC [5433] ",
          "2026-11-22 09:06:37.476 UTC [5433] LOG: x",
          "2026-11-22 09:06:37.476 UTC [x] LOG:  x",
          "2026-11-22 09:06:37.476 UTC [5433]LOG:  x",
          " 2026-11-22 09:06:37.476 UTC [5433] LOG:  x",
          "2026-11-22 09:24:40.649 P00   INFO: pushed WAL file"
        }) {
      assertThat(template.match(slice(line), match)).as(line).isFalse();
    }
  }

  @Test
  void shouldTellTheBackendType() {
    PrefixMatch match = new PrefixMatch();

    assertThat(
            PrefixTemplate.compile("%m [%p] %b ")
                .match(slice("2026-11-22 09:06:37.476 UTC [5] archiver LOG:  x"), match))
        .isTrue();
    assertThat(match.backendType.toString()).isEqualTo("archiver");
    for (String setting : new String[] {"[%p] %-20b", "[%p] %20b"}) {
      String line =
          setting.replace("%p", "5").replaceFirst("%-?20b", "archiver            LOG:  x");
      assertThat(PrefixTemplate.compile(setting).match(slice(line), match)).isTrue();
      assertThat(match.backendType.toString()).isEqualTo("archiver");
    }
  }

  /** The server fills it up; where that is missing somebody else wrote the line. */
  @Test
  void shouldTakeNoLineWithoutWhatFillsItUp() {
    PrefixMatch match = new PrefixMatch();

    assertThat(PrefixTemplate.compile("[%-8p] ").match(slice("[5433] LOG:  x"), match)).isFalse();
    assertThat(PrefixTemplate.compile("[%8p] ").match(slice("[5433] LOG:  x"), match)).isFalse();
    assertThat(PrefixTemplate.compile("[%99999999999p] ").match(slice("[5433] LOG:  x"), match))
        .isFalse();
  }

  private static ByteSlice slice(String text) {
    byte[] bytes = Ascii.bytes(text);
    return new ByteSlice().wrap(bytes, 0, bytes.length);
  }
}
