/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each message is checked whole: file, line, column, value and rule. */
final class ConfigErrorsTest {
  private static final String FILE = "/etc/walwatch/walwatch.yml";

  @Test
  void shouldSuggestTheKeyThatWasMeant() {
    assertMessage(
        "state_directory: /x\nlisen: ':1'\n",
        ", line 2, column 1: unknown key \"lisen\": did you mean \"listen\"?");
    assertMessage(
        "limits: { push-timeout: 1m }",
        ", line 1, column 11: unknown key \"push-timeout\" in limits: did you mean"
            + " \"push_timeout\"?");
    assertMessage(
        "jobs:\n  - { name: a, every: 1h, color: red }",
        ", line 2, column 27: unknown key \"color\" in jobs: known are \"every\", \"name\"");
  }

  @Test
  void shouldNameTheWrongUnit() {
    assertMessage(
        "limits:\n  push_timeout: 10 minutes\n",
        ", line 2, column 17: limits.push_timeout: \"10 minutes\" is not a duration: a number with"
            + " its unit (ms, s, m, h, d), such as 90s, 15m or 1h30m");
    assertMessage(
        "limits: { line: 64KB }",
        ", line 1, column 17: limits.line: \"64KB\" is not a size: a whole number with its unit"
            + " (B, KiB, MiB, GiB, TiB), such as 64KiB");
    assertMessage(
        "limits: { catch_up: 10 }",
        ", line 1, column 21: limits.catch_up: \"10\" is not a size: a whole number with its unit"
            + " (B, KiB, MiB, GiB, TiB), such as 64KiB");
  }

  @Test
  void shouldNameTheImpossibleValue() {
    assertMessage(
        "listen: ':70000'", ", line 1, column 9: listen: \":70000\" has a port above 65535");
    assertMessage(
        "listen: 10432",
        ", line 1, column 9: listen: \"10432\" is not ADDRESS:PORT: write for example :10432,"
            + " 127.0.0.1:10432 or [::1]:10432");
    assertMessage(
        "limits: { push_timeout: 0s }",
        ", line 1, column 25: limits.push_timeout: \"0s\" is out of range: 1s to 7d");
    assertMessage(
        "limits: { line: 1TiB }",
        ", line 1, column 17: limits.line: \"1TiB\" is out of range: 1KiB to 16MiB");
    assertMessage("listen: []", ", line 1, column 9: listen is empty: at least one is needed");
    assertMessage("state_directory:", ", line 1, column 17: state_directory has no value");
    assertMessage(
        "servers: [{name: 'a b', logs: /x}]",
        ", line 1, column 18: servers.name: \"a b\" is not a name: letters, digits, _ . / - (at"
            + " most 63, a letter, digit or _ first)");
  }

  @Test
  void shouldNameTheWrongType() {
    assertMessage("- a", ", line 1, column 1: the file must be a mapping of keys to values");
    assertMessage(
        "limits: 5", ", line 1, column 9: limits must be a mapping of keys to values, not \"5\"");
    assertMessage("servers: main", ", line 1, column 10: servers must be a list, not \"main\"");
    assertMessage(
        "servers: [main]",
        ", line 1, column 11: servers must be a mapping of keys to values, not \"main\"");
    assertMessage(
        "state_directory: [/a, /b]",
        ", line 1, column 18: state_directory must be one value, not a list");
    assertMessage(
        "listen: [{port: 1}]", ", line 1, column 10: listen must be one value, not a mapping");
    assertThat(ConfigTesting.failure("[a]: b").getMessage())
        .startsWith(FILE + ", line 1, column 1: ");
  }

  @Test
  void shouldNameWhatIsGivenTwice() {
    assertMessage("listen: ':1'\nlisten: ':2'", ", line 2, column 1: listen is given twice");
    assertMessage(
        "servers:\n- {name: a, logs: /x}\n- {name: a, logs: /y}\n",
        ", line 3, column 10: servers.name: \"a\" is given twice among the servers");
    assertMessage(
        "sources:\n- {name: a, stdin: true}\n- {name: b, stdin: true}\n",
        ", line 3, column 20: sources.stdin: \"true\" is taken by another source");
  }

  @Test
  void shouldNameWhatIsMissing() {
    assertMessage(
        "servers:\n- {name: a}",
        ", line 2, column 3: servers names nothing to watch: data_directory, archive_status or"
            + " logs is needed");
    assertMessage("servers: [{logs: /x}]", ", line 1, column 11: servers.name is missing");
    assertMessage(
        "sources: [{name: a}]",
        ", line 1, column 11: sources needs exactly one of files, syslog, journal and stdin: 0 are"
            + " given");
    assertMessage(
        "sources: [{name: a, files: []}]",
        ", line 1, column 28: sources.files is empty: at least one is needed");
    assertMessage("jobs: [{name: a}]", ", line 1, column 8: jobs.every is missing");
    assertMessage(
        "backups: [{name: a, provider: lvm}]",
        ", line 1, column 31: backups.provider: \"lvm\" needs the key \"volume\"");
    assertMessage(
        "backups: [{name: a, provider: wal-e, command: []}]",
        ", line 1, column 47: backups.command is empty: at least one is needed");
    assertMessage(
        "backups: [{name: a, provider: wal-e, command: ['', x]}]",
        ", line 1, column 47: backups.command names no program");
  }

  @Test
  void shouldNameWhatDoesNotFitTogether() {
    assertMessage(
        "backups: [{name: a, provider: wal-e, volume: vg0}]",
        ", line 1, column 46: backups.volume: \"vg0\" does not belong to provider wal-e");
    assertMessage(
        "backups: [{name: a, provider: directory, files: /s, wal_segment_size: 24MiB}]",
        ", line 1, column 71: backups.wal_segment_size: \"24MiB\" is no WAL segment size: a power of"
            + " two, 1MiB to 1GiB");
    assertMessage(
        "backups: [{name: a, provider: wale}]",
        ", line 1, column 31: backups.provider: \"wale\" is no provider: did you mean \"wal-e\"?");
    assertMessage(
        "servers: [{name: main, logs: /x}]\nsources: [{name: a, server: mian, files: /y}]",
        ", line 2, column 29: sources.server: \"mian\" is no configured server: did you mean"
            + " \"main\"?");
    assertMessage(
        "servers: [{name: main, logs: /x}]\n"
            + "backups: [{name: a, provider: wal-e, of_server: mian}]",
        ", line 2, column 49: backups.of_server: \"mian\" is no configured server: did you mean"
            + " \"main\"?");
    assertMessage(
        "servers: [{name: a, logs: /x}, {name: b, logs: /y}]\nsources: [{name: s, files: /y}]",
        ", line 2, column 11: sources.server is missing");
    assertMessage(
        "sources: [{name: s, files: /y, parsers: [walg]}]",
        ", line 1, column 42: sources.parsers: \"walg\" is no parser that was found: known are"
            + " \"postgres\", \"wal-e\"");
    assertMessage(
        "sources: [{name: s, syslog: 'udp://0.0.0.0:10514'}]",
        ", line 1, column 29: sources.syslog: \"udp://0.0.0.0:10514\" is not on the loopback"
            + " address: anybody could send records; write for example udp://127.0.0.1:10514");
    assertMessage(
        "sources: [{name: s, syslog: 'tcp://[2001:db8::1]:10514'}]",
        ", line 1, column 29: sources.syslog: \"tcp://[2001:db8::1]:10514\" is not on the loopback"
            + " address: anybody could send records; write for example tcp://127.0.0.1:10514");
    assertMessage(
        "sources: [{name: s, syslog: 'unix:///x'}]",
        ", line 1, column 29: sources.syslog: \"unix:///x\" is not udp://ADDRESS:PORT or"
            + " tcp://ADDRESS:PORT, such as udp://127.0.0.1:10514");
  }

  @Test
  void shouldNameThePlaceWhereItStopsToBeYaml() {
    assertMessage(
        "listen: ':1'\n\tstate_directory: /x\n",
        ", line 2, column 1: not YAML: found character '\\t(TAB)' that cannot start any token."
            + " (Do not use \\t(TAB) for indentation)");
    assertThat(ConfigTesting.failure("a: [1, 2\nb: 3\n").getMessage())
        .startsWith(FILE + ", line 2, column 2: not YAML: ");
    assertThat(ConfigTesting.failure("a: 1\n---\nb: 2\n").getMessage())
        .startsWith(FILE + ", line 2, column 1: not YAML: ");
    assertThat(ConfigTesting.failure("a: *x\n").getMessage())
        .startsWith(FILE + ", line 1, column 4: not YAML: ");
  }

  @Test
  void shouldTellAllThatIsWrongInTheOrderOfTheFile() {
    ConfigException failure =
        ConfigTesting.failure("foo: 1\nlimits: { line: x }\nlisten: y\nstate_directory: ''\n");
    assertThat(failure.problems()).hasSize(4);
    assertThat(failure.getMessage()).isEqualTo(failure.problems().get(0)).contains("line 1,");
    assertThat(failure.problems().get(3)).contains("line 4,");
    assertThat(failure.problems()).allSatisfy(problem -> assertThat(problem).hasLineCount(1));
  }

  @Test
  void shouldSurviveADocumentThatRefersToItself() {
    assertThat(ConfigTesting.failure("servers: &a [*a]\n").getMessage()).contains("servers");
    assertThat(ConfigTesting.failure("limits: &a { line: *a }\n").getMessage()).contains("limits");
  }

  private static void assertMessage(String yaml, String expected) {
    assertThat(ConfigTesting.failure(yaml)).as(yaml).isNotNull().hasMessage(FILE + expected);
  }
}
