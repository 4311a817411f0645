/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.agent.tail.JournalSample;
import io.walwatch.parse.LogParserProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tries to read a unit's entries from systemd's journal, and says what to do where that fails. */
final class JournalCheck {
  private static final String UNKNOWN = "not-found";

  private final List<String> journalctl;
  private final List<String> systemctl;
  private final List<LogParserProvider> providers;

  /**
   * Tries nothing yet.
   *
   * @param journalctl the command, usually just its name
   * @param systemctl likewise
   */
  JournalCheck(List<String> journalctl, List<String> systemctl, List<LogParserProvider> providers) {
    this.journalctl = List.copyOf(journalctl);
    this.systemctl = List.copyOf(systemctl);
    this.providers = List.copyOf(providers);
  }

  static JournalCheck ofThisHost(List<LogParserProvider> providers) {
    return new JournalCheck(List.of("journalctl"), List.of("systemctl"), providers);
  }

  void run(LogSource source, String unit, CheckReport report) throws InterruptedException {
    String what = source.name() + ": the journal of " + unit;
    try {
      JournalSample sample = JournalSample.take(journalctl, unit);
      if (sample.isDenied()) {
        report.problem(
            what
                + " cannot be read by this user; make it a member of systemd-journal (usermod -aG"
                + " systemd-journal USER) and start walwatch again");
      } else if (!sample.lines().isEmpty()) {
        LogSample log = new LogSample(source.pipeline(), providers);
        report.ok(what + ": " + log.read(sample.lines()).text());
      } else if (UNKNOWN.equals(loadState(unit))) {
        report.problem(
            what
                + " is empty, and systemd knows no such unit; name it as systemctl list-units"
                + " does");
      } else {
        report.note(what + " has no entries" + because(sample.complaint()));
      }
    } catch (IOException e) {
      report.problem(
          what
              + " cannot be read: "
              + e.getMessage()
              + "; where there is no journalctl, let the unit's lines be written to a file");
    }
  }

  private static String because(String complaint) {
    return complaint.isEmpty() ? "" : ": " + complaint.lines().findFirst().orElse("");
  }

  /** What systemd says of a unit; empty where it cannot be asked, as in a container. */
  private String loadState(String unit) throws InterruptedException {
    List<String> command = new ArrayList<>(systemctl);
    command.addAll(List.of("show", "--property=LoadState", "--value", "--", unit));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String state = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return process.waitFor() == 0 ? state : "";
    } catch (IOException e) {
      return "";
    }
  }
}
