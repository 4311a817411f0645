/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.parse.PipelineOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in place of journalctl and systemctl, which answer as those of systemd 252 do. */
final class JournalCheckTest {
  private static final String UNIT = "postgresql@15-main";

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();

  @Test
  void shouldSayWhatTheLastEntriesHold() throws Exception {
    Path entries =
        Files.writeString(
            directory.resolve("entries"),
            entry("P00   INFO: archive-push command begin 2.45: [pg_wal/000000010000000000000008]")
                + entry("something else"));
    Path calls = directory.resolve("calls");
    check(sh("echo \"$@\" > " + calls + "; cat " + entries), sh("exit 1"));
    assertThat(out.toString())
        .startsWith("ok       journal: the journal of " + UNIT + ": ")
        .contains("in the last 2 lines");
    assertThat(Files.readString(calls))
        .contains("--unit=" + UNIT, "--lines=200")
        .doesNotContain("--follow");
  }

  @Test
  void shouldNameTheGroupThatMayReadTheJournal() throws Exception {
    check(
        sh("echo 'No journal files were opened due to insufficient permissions.' >&2; exit 1"),
        sh("echo loaded"));
    assertThat(out.toString()).startsWith("PROBLEM  ").contains("usermod -aG systemd-journal");
  }

  @Test
  void shouldNotBelieveAnEmptyJournalOfAUserWhoSeesOnlyItsOwn() throws Exception {
    check(
        sh(
            "echo 'Hint: You are currently not seeing messages from other users and the system.'"
                + " >&2"),
        sh("echo loaded"));
    assertThat(out.toString()).startsWith("PROBLEM  ").contains("usermod -aG systemd-journal");
  }

  @Test
  void shouldSayThatThereIsNoSuchUnit() throws Exception {
    check(sh("true"), sh("echo not-found"));
    assertThat(out.toString())
        .startsWith("PROBLEM  ")
        .contains(UNIT + " is empty, and systemd knows no such unit");
  }

  @Test
  void shouldNotBlameAUnitThatSaidNothingYet() throws Exception {
    check(sh("true"), sh("echo loaded"));
    check(sh("echo 'No journal files were found.' >&2"), List.of("/nonexistent"));
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            "note     journal: the journal of postgresql@15-main has no entries\n"
                + "note     journal: the journal of postgresql@15-main has no entries: No journal"
                + " files were found.\n");
  }

  @Test
  void shouldSayThatThereIsNoJournalctl() throws Exception {
    check(List.of("/nonexistent/journalctl"), sh("true"));
    assertThat(out.toString()).startsWith("PROBLEM  ").contains("/nonexistent/journalctl");
  }

  private void check(List<String> journalctl, List<String> systemctl) throws Exception {
    LogSource source =
        new LogSource("journal", "main", new SourceInput.Journal(UNIT), PipelineOptions.DEFAULT);
    PrintWriter writer = new PrintWriter(out);
    new JournalCheck(journalctl, systemctl, Plugins.find(directory).providers())
        .run(source, UNIT, new CheckReport(writer));
    writer.flush();
  }

  private List<String> sh(String script) throws IOException {
    Path file = Files.createTempFile(directory, "command", ".sh");
    return List.of("sh", Files.writeString(file, script + "\n").toString());
  }

  private static String entry(String message) {
    return "__CURSOR=c\n__REALTIME_TIMESTAMP=1763802504722726\n_HOSTNAME=vm\n"
        + "SYSLOG_IDENTIFIER=postgres\n_PID=4711\nMESSAGE="
        + message
        + "\n\n";
  }
}
