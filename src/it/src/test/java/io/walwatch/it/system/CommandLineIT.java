/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.CommandResult;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.agent.Scrape;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a wrong start says, one clear line and exit code 2; and what is read in a recorded log. */
class CommandLineIT {
  private static final String FAILED = "\"archive_command_failed\"";

  private static TemporaryTree tree;

  @BeforeAll
  static void makeDirectory() throws Exception {
    tree = TemporaryTree.create("walwatch-it");
  }

  @AfterAll
  static void removeDirectory() {
    tree.close();
  }

  @Test
  void shouldSayThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      CommandResult result =
          run("serve", "--listen", address, "--log", log().toString(), "--state-dir", state());
      assertOneLine(result, address);
    }
  }

  @Test
  void shouldNameThePlaceOfAMistakeInTheConfiguration() throws Exception {
    Path broken = Files.writeString(tree.root().resolve("broken.yml"), "servers:\n  - name: [\n");
    CommandResult result = run("serve", "--config", broken.toString());
    assertOneLine(result, "broken.yml");
  }

  @Test
  void shouldNameAnUnknownKeyAndTheKeyThatWasMeant() throws Exception {
    Path wrong =
        Files.writeString(tree.root().resolve("wrong.yml"), "state_directroy: /var/lib/walwatch\n");
    CommandResult result = run("serve", "--config", wrong.toString());
    assertOneLine(result, "state_directroy");
    assertThat(result.errors().get(0)).contains("state_directory").contains("1");
  }

  @Test
  void shouldRefuseAnUnknownOption() throws Exception {
    assertOneLine(run("serve", "--lissten", "127.0.0.1:0"), "--lissten");
  }

  @Test
  void shouldRefuseAnUnknownCommand() throws Exception {
    assertOneLine(run("sreve"), "sreve");
  }

  @Test
  void shouldPrintItsVersion() throws Exception {
    CommandResult result = run("--version");
    assertThat(result.exitCode()).isZero();
    assertThat(result.output().get(0)).startsWith("walwatch ");
  }

  @Test
  void shouldShowExamplesInTheHelpOfEachCommand() throws Exception {
    for (String command : new String[] {"serve", "check", "once", "parse", "plugins"}) {
      CommandResult result = run(command, "--help");
      assertThat(result.exitCode()).as(command).isZero();
      assertThat(String.join("\n", result.output())).as(command).contains("walwatch " + command);
    }
  }

  /** Every number is typed from the README beside the log, where it was counted with awk. */
  @Test
  void shouldPrintOnceWhatTheRecordedLogHolds() throws Exception {
    Scrape scrape = Scrape.parse(String.join("\n", run("once", "--log", recorded()).output()));
    assertThat(scrape.sum("walwatch_push_started_total")).isEqualTo(81);
    assertThat(scrape.sum("walwatch_push_completed_total")).isEqualTo(64);
    assertThat(scrape.sum("walwatch_push_failed_total")).as("by CRITICAL").isEqualTo(15);
    assertThat(scrape.sum("walwatch_push_abandoned_total")).as("killed").isEqualTo(2);
    assertThat(scrape.sum("walwatch_archive_command_gave_up_total")).isEqualTo(6);
    String failures = "walwatch_archive_command_failures_total";
    assertThat(scrape.sum(failures, "severity=log", "cause=exit")).isEqualTo(13 + 8 + 3);
    assertThat(scrape.sum(failures, "severity=fatal", "cause=exit")).isEqualTo(2);
    assertThat(scrape.sum(failures)).isEqualTo(26);
  }

  @Test
  void shouldTellEachExitCodeOfTheRecordedLog() throws Exception {
    List<String> records = run("parse", recorded()).output();
    assertThat(failures(records, "log", 1)).isEqualTo(13);
    assertThat(failures(records, "log", 2)).isEqualTo(8);
    assertThat(failures(records, "log", 111)).isEqualTo(3);
    assertThat(failures(records, "fatal", 137)).isEqualTo(1);
    assertThat(failures(records, "fatal", 143)).isEqualTo(1);
    assertThat(records.stream().filter(record -> record.contains(FAILED))).hasSize(26);
  }

  private static long failures(List<String> records, String severity, int code) {
    Pattern failure =
        Pattern.compile(
            FAILED
                + ".*\"severity\":\""
                + severity
                + "\",\"cause\":\"exit\",\"code\":"
                + code
                + "\\b");
    return records.stream().filter(record -> failure.matcher(record).find()).count();
  }

  private static String recorded() {
    Path root = Path.of(System.getProperty("walwatch.root", "../.."));
    return root.resolve("testdata/wal-e/pg_log/postgresql-2026-11-22.log").toString();
  }

  private static Path log() throws Exception {
    Path log = tree.root().resolve("a.log");
    return Files.exists(log) ? log : Files.createFile(log);
  }

  private static String state() {
    return tree.root().resolve("state").toString();
  }

  private static CommandResult run(String... arguments) throws Exception {
    return Launcher.packed().run(arguments);
  }

  /** What it is about to read may be said before; what is wrong is one line. */
  private static void assertOneLine(CommandResult result, String cause) {
    assertThat(result.problems()).hasSize(1);
    assertThat(result.problems().get(0)).startsWith("walwatch: ").contains(cause);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).isEmpty();
  }
}
