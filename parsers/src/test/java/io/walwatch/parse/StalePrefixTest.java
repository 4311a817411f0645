/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A {@code log_line_prefix} that somebody has set and the server does not write: a file that was
 * changed and not read yet, or read by the server and not by the agent.
 */
final class StalePrefixTest {
  private static final String DEBIAN = "%m [%p] %q%u@%d ";
  private static final String PLAIN_LINE = "2026-11-22 09:06:37.476 UTC [5] ";
  private static final String SESSION_LINE = "2026-11-22 09:06:37.476 UTC [77] ann@shop ";
  private static final String SEGMENT = "000000010000000000000001";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "%m [%p] %q%u@%d |2026-11-22 09:06:37 UTC::@:[5]:",
        "%t:%r:%u@%d:[%p]:|2026-11-22 09:06:37.476 UTC [5] ",
        "%m [%p] |2026-11-22 09:06:37.476 UTC (5) ",
        "'' |2026-11-22 09:06:37.476 UTC [5] ",
        "[%p] %e |2026-11-22 09:06:37.476 UTC [5] ",
      })
  void shouldReadTheLinesAsTheyAre(String setting, String prefix) {
    String known = setting.equals("'' ") ? "" : setting;

    assertThat(read(known, failure(prefix)).all(LogEvent.ArchiveCommandFailed.class))
        .extracting(failed -> String.valueOf(failed.file()))
        .containsExactly(String.valueOf(WalFile.parse(SEGMENT)));
  }

  @Test
  void shouldReadBothSidesOfAReload() {
    String before = failure("2026-11-22 09:06:37 UTC::@:[5]:");
    String after = failure(PLAIN_LINE);

    Found found = read(DEBIAN, before + after + after);

    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(3);
    assertThat(read(DEBIAN, after + before + after).events()).hasSize(3);
  }

  @Test
  void shouldKnowASessionByTheUserThatTheSettingDoesNotHave() {
    Found found = read("%m [%p] ", failure(SESSION_LINE) + failure(PLAIN_LINE));

    assertThat(found.count(LogEvent.ArchiveCommandFailed.class)).isEqualTo(1);
    assertThat(found.rejected().keySet()).containsExactly("FORGED postgres: written by a session");
  }

  /** With the setting in force, the statement of ann's session would show her. */
  @Test
  void shouldNotTakeASessionForTheServerWhereAStatementShowsThatNoUserIsWritten() {
    String statement =
        PLAIN_LINE
            + "ERROR:  relation \"x\" does not exist\n"
            + PLAIN_LINE
            + "STATEMENT:  select x\n";
    String raised = PLAIN_LINE + "FATAL:  could not access file \"x\": No such file or directory\n";

    assertThat(read(DEBIAN, raised).events()).hasSize(1);
    assertThat(read(DEBIAN, statement + raised).events()).isEmpty();
    assertThat(read(DEBIAN, statement + SESSION_LINE + "LOG:  x\n" + raised).events()).hasSize(1);
    assertThat(read(DEBIAN, statement.repeat(20) + raised).events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%m [%p] ", DEBIAN, "%t:%r:%u@%d:[%p]:", ""})
  void shouldBelieveNothingBehindANameThatIsTorn(String setting) {
    String torn = "2026-11-22 09:06:37.476 UTC [77] x\n" + failure(PLAIN_LINE);

    assertThat(read(setting, torn + "@db FATAL:  role does not exist\n").events()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%m [%p] ", DEBIAN})
  void shouldNotTakeAProgramsOutputForALineOfTheServer(String setting) {
    String output = "ERROR:  archive command failed with exit code 1\n";

    assertThat(read(setting, PLAIN_LINE + "LOG:  x\n" + output).events()).isEmpty();
  }

  private static Found read(String setting, String text) {
    return Golden.readText(text, new PipelineOptions(null, setting, null, Set.of(), true));
  }

  private static String failure(String prefix) {
    return prefix
        + "LOG:  archive command failed with exit code 1\n"
        + prefix
        + "DETAIL:  The failed archive command was: cp pg_wal/"
        + SEGMENT
        + " /x\n";
  }
}
