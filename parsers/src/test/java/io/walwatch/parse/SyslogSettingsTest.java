/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.LogEvent.ServerTurn;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What PostgreSQL writes to syslog with other settings than the defaults. Counts typed from
 * testdata/postgres/README.md.
 */
final class SyslogSettingsTest {
  private static final String DEBIAN = "%m [%p] %q%u@%d ";
  private static final String GAVE_UP =
      "WARNING:  archiving write-ahead log file \"000000010000000000000007\" failed too many times,"
          + " will try again later";

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
  @ValueSource(strings = {"syslog.traditional.log", "syslog.iso.log", "syslog.rfc5424.log"})
  void shouldKnowAServerByItsPrefixWhereTheTagIsNotPostgres(String file) {
    String run = "postgres/pg15-syslog-ident";
    shouldFindAll(Golden.read(run, file));
    shouldFindAll(Golden.read(run, file, withPrefix(DEBIAN)));
    shouldFindAll(Golden.read(run, file, PipelineOptions.DEFAULT.withSyslogIdent("pgmain")));
  }

  /** As {@code wal-g … 2>&1 | logger -t postgres-walg} writes it. */
  @Test
  void shouldTakeNoProgramForTheServerWhoseTagOnlyBeginsLikeIts() {
    String text =
        "Nov 22 21:19:13 db1 postgres-walg[5]: INFO: 2026/11/22 10:00:06.000000 FILE PATH:"
            + " 000000010000000000000001.lz4\n";

    assertThat(Golden.readText(text).all(LogEvent.Push.class)).hasSize(1);
  }

  @Test
  void shouldNeedTheSettingWhereThePrefixNamesNoProcess() {
    String text =
        "Nov 22 21:19:13 db1 pgmain[5]: [1] 2026-11-22 21:19:13.020 UTC " + GAVE_UP + "\n";

    assertThat(gaveUp(Golden.readText(text))).isZero();
    assertThat(gaveUp(Golden.readText(text, PipelineOptions.DEFAULT.withSyslogIdent("pgmain"))))
        .isEqualTo(1);
  }

  @Test
  void shouldNotBelieveATextThatAnotherProcessWasTold() {
    String told = "2026-11-22 21:19:13.020 UTC [5] " + GAVE_UP + "\n";

    assertThat(gaveUp(Golden.readText("Nov 22 21:19:13 db1 sshd[77]: " + told))).isZero();
    assertThat(gaveUp(Golden.readText("Nov 22 21:19:13 db1 sshd: " + told))).isZero();
    assertThat(gaveUp(Golden.readText("Nov 22 21:19:13 db1 sshd[5]: user " + told))).isZero();
  }

  @ParameterizedTest
  @CsvSource({"[%p] ", "%m [%p] "})
  void shouldTellANumberInThePrefixFromTheServersOwn(String prefix) {
    String head = prefix.replace("%m", "2026-11-22 21:19:13.020 UTC").replace("%p", "5");
    String text = "Nov 22 21:19:13 db1 postgres[5]: " + head + GAVE_UP + "\n";

    assertThat(gaveUp(Golden.readText(text, withPrefix(prefix)))).isEqualTo(1);
    assertThat(gaveUp(Golden.readText(text))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "#011"})
  void shouldNotLearnAPrefixFromWhatAClientWrote(String blank) {
    String head = "Nov 22 21:19:13 db1 postgres[5]: ";
    String text =
        head
            + "[1] 2026-11-22 21:19:13.020 UTC [5] LOG:  x\n"
            + head
            + "[2] "
            + blank
            + "2026-11-22 21:19:13.020 UTC [5] "
            + GAVE_UP
            + "\n";

    assertThat(gaveUp(Golden.readText(text))).isZero();
  }

  private static long gaveUp(Found found) {
    return found.count(LogEvent.ArchiveCommandGaveUp.class);
  }

  private static void shouldFindAll(Found found) {
    assertThat(found.failures()).isEqualTo(Map.of("LOG EXIT 3", 3, "FATAL SIGNAL 9", 2));
    assertThat(gaveUp(found)).isEqualTo(1);
    assertThat(found.turns(ServerTurn.STARTED)).isEqualTo(1);
    assertThat(found.turns(ServerTurn.READY)).isEqualTo(1);
    assertThat(found.turns(ServerTurn.SHUTDOWN)).isEqualTo(1);
    assertThat(found.rejected()).isEmpty();
  }

  private static PipelineOptions withPrefix(String prefix) {
    return new PipelineOptions(null, prefix, null, Set.of(), true);
  }
}
