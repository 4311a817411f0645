/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs as the user postgres, as a DBA does; the test itself is root. */
final class PostgresUser {
  private static final long LIMIT_SECONDS = 120;

  private PostgresUser() {}

  /** How an ended program ended. */
  record Ended(int exitCode, String output) {}

  /** The whole command line for a program. */
  static List<String> command(List<String> program) {
    List<String> line = new ArrayList<>(List.of("runuser", "-u", "postgres", "--"));
    line.addAll(program);
    return line;
  }

  /**
   * Starts a program in the background.
   *
   * @param errors where its standard error goes
   */
  static Process start(Path errors, List<String> program) throws IOException {
    List<String> line = new ArrayList<>(List.of("sh", "-c", "cd / && exec \"$@\" 2>>\"$0\""));
    line.add(errors.toString());
    line.addAll(command(program));
    Process process = new ProcessBuilder(line).start();
    process.getOutputStream().close();
    return process;
  }

  /** Runs a program to its end. */
  static Ended run(Path errors, List<String> program) throws IOException, InterruptedException {
    Process process = start(errors, program);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("%s ends", program).isTrue();
    return new Ended(process.exitValue(), output);
  }

  /** Runs a program that has to work, and gives its output. */
  static String succeed(Path errors, List<String> program)
      throws IOException, InterruptedException {
    Ended ended = run(errors, program);
    assertThat(ended.exitCode()).as("%s; see %s", program, errors).isZero();
    return ended.output();
  }
}
