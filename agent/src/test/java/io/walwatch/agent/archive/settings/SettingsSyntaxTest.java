/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.settings.SettingsSyntax.Assignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One line at a time, against the rules of PostgreSQL's guc-file.l. */
final class SettingsSyntaxTest {
  @Test
  void shouldReadTheFormsOfAnAssignment() {
    assertValue("archive_mode = on", "archive_mode", "on");
    assertValue("archive_mode on", "archive_mode", "on");
    assertValue("Archive_Mode=ON # yes", "archive_mode", "ON");
    assertValue("\tport=5432\r", "port", "5432");
    assertValue("archive_timeout = 60s", "archive_timeout", "60s");
    assertValue("random_page_cost = 1.5", "random_page_cost", "1.5");
    assertValue("autovacuum_work_mem = -1", "autovacuum_work_mem", "-1");
    assertValue("log_timezone = Europe/Berlin", "log_timezone", "Europe/Berlin");
    assertValue("pg_stat_statements.max = 100", "pg_stat_statements.max", "100");
    assertValue("log_filename'a.log'", "log_filename", "a.log");
  }

  @Test
  void shouldUndoQuotesAsPostgresDoes() {
    assertValue("x = ''", "x", "");
    assertValue("x = 'it''s'", "x", "it's");
    assertValue("x = 'it\\'s'", "x", "it's");
    assertValue("x = 'a\\tb\\\\c\\q'", "x", "a\tb\\cq");
    assertValue("x = '\\101\\60'", "x", "A0");
    assertValue(
        "log_line_prefix = '%m [%p] %q%u@%d ' # 'x'", "log_line_prefix", "%m [%p] %q%u@%d ");
    assertValue("x = 'a # b'", "x", "a # b");
  }

  @Test
  void shouldReadLongValuesWithoutDeepRecursion() {
    assertValue("x = '" + "''\\\\".repeat(100_000) + "'", "x", "'\\".repeat(100_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "# archive_mode = on", "\t# x", "\r"})
  void shouldFindNothingInBlankAndCommentLines(String line) {
    assertThat(SettingsSyntax.parse(line)).isEqualTo(Assignment.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "archive_mode",
        "= on",
        "archive_mode = on off",
        "archive_mode == on",
        "x = 'open",
        "x = 'a\\'",
        "x = 'a' 'b'",
        "x = \"a\"",
        "x = %m",
        "log_filename = postgresql.log",
        "data_directory = /srv/pg",
        "1x = 1"
      })
  void shouldRefuseWhatPostgresRefuses(String line) {
    assertThat(SettingsSyntax.parse(line)).isNull();
  }

  private static void assertValue(String line, String name, String value) {
    assertThat(SettingsSyntax.parse(line)).as(line).isEqualTo(new Assignment(name, value));
  }
}
