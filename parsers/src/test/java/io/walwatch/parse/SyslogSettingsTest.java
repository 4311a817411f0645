/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent.ServerTurn;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What PostgreSQL writes to syslog with other settings than the defaults. Counts typed from
 * testdata/postgres/README.md.
 */
final class SyslogSettingsTest {
  private static final String DEBIAN = "%m [%p] %q%u@%d ";

  @ParameterizedTest
  @CsvSource({
    "pg15-syslog-split-off, syslog.traditional.log",
    "pg15-syslog-split-off, syslog.iso.log",
    "pg15-syslog-split-off, syslog.rfc5424.log",
  })
  void shouldReadMessagesWithOneNumber(String run, String file) {
    shouldFindAll(Golden.read("postgres/" + run, file));
    shouldFindAll(Golden.read("postgres/" + run, file, withPrefix(DEBIAN)));
  }

  @ParameterizedTest
  @CsvSource({"[%p] ", "%m [%p] "})
  void shouldTellANumberInThePrefixFromTheServersOwn(String prefix) {
    String head = prefix.replace("%m", "2026-11-22 21:19:13.020 UTC").replace("%p", "5");
    String text =
        "Nov 22 21:19:13 db1 postgres[5]: "
            + head
            + "WARNING:  archiving write-ahead log file \"000000010000000000000007\" failed too many"
            + " times, will try again later\n";
    assertThat(Golden.readText(text, withPrefix(prefix)).count(LogEvent.ArchiveCommandGaveUp.class))
        .isEqualTo(1);
    assertThat(Golden.readText(text).count(LogEvent.ArchiveCommandGaveUp.class)).isEqualTo(1);
  }

  private static void shouldFindAll(Found found) {
    assertThat(found.failures()).isEqualTo(Map.of("LOG EXIT 3", 3, "FATAL SIGNAL 9", 2));
    assertThat(found.count(LogEvent.ArchiveCommandGaveUp.class)).isEqualTo(1);
    assertThat(found.turns(ServerTurn.STARTED)).isEqualTo(1);
    assertThat(found.turns(ServerTurn.READY)).isEqualTo(1);
    assertThat(found.turns(ServerTurn.SHUTDOWN)).isEqualTo(1);
    assertThat(found.rejected()).isEmpty();
  }

  private static PipelineOptions withPrefix(String prefix) {
    return new PipelineOptions(null, prefix, null, Set.of(), true);
  }
}
