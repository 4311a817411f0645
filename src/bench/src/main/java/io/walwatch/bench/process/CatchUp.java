/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walwatch.bench.log.LogCounts;
import io.walwatch.it.agent.CommandResult;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.agent.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A whole log, once: walwatch, and what a user would take instead. Counts are checked each time.
 */
final class CatchUp {
  private static final String PATTERN = "STRUCTURED: |archive command failed";
  private static final String MTAIL_PROGRAM =
      """
      counter pushes_begun
      counter pushes_completed
      counter command_failures
      /STRUCTURED: .* action=push-wal .* state=begin/ {
        pushes_begun++
      }
      /STRUCTURED: .* action=push-wal .* state=complete/ {
        pushes_completed++
      }
      /archive command failed with exit code/ {
        command_failures++
      }
      """;

  private final Path log;
  private final LogCounts counts;

  CatchUp(Path log, LogCounts counts) {
    this.log = log;
    this.counts = counts;
  }

  void walwatch() throws IOException, InterruptedException {
    CommandResult result = Launcher.packed().run("once", "--log", "main=" + log);
    Scrape scrape = Scrape.parse(String.join("\n", result.output()) + "\n");
    check("begun", scrape.sum("walwatch_push_started_total"), counts.begun());
    check("completed", scrape.sum("walwatch_push_completed_total"), counts.completed());
    check("failures", scrape.sum("walwatch_archive_command_failures_total"), counts.failures());
  }

  void grep() throws IOException, InterruptedException {
    String output = output(List.of("grep", "-c", "-E", PATTERN, log.toString()));
    check(
        "grep",
        Long.parseLong(output.strip()),
        counts.begun() + counts.completed() + counts.failures());
  }

  void mtail() throws IOException, InterruptedException {
    Path program = log.resolveSibling("wal-e.mtail");
    Files.writeString(program, MTAIL_PROGRAM);
    String output =
        output(
            List.of(
                "mtail", "--one_shot", "--progs", program.toString(), "--logs", log.toString()));
    if (!output.contains(Long.toString(counts.begun()))) {
      throw new IllegalStateException("mtail counted something else: " + output);
    }
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  private static void check(String what, double counted, long truth) {
    if (counted != truth) {
      throw new IllegalStateException(what + ": counted " + counted + ", written " + truth);
    }
  }
}
