/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say that look once and end. */
final class OneShotTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();

  @Test
  void shouldReportEachLogThatIsNoneAlsoWhereTheReasonIsTheSame() throws IOException {
    Path one = Files.createDirectory(directory.resolve("one.log"));
    Path two = Files.createDirectory(directory.resolve("two.log"));

    assertThat(run("check", "--log", "a=" + one, "--log", "b=" + two)).isEqualTo(1);

    assertThat(out.toString().lines())
        .contains("PROBLEM  a/log: " + one + ": not a regular file")
        .contains("PROBLEM  b/log: " + two + ": not a regular file");
  }

  @Test
  void shouldSayAProblemInTheReportAlone() {
    try (LogCapture said = LogCapture.open()) {
      run("check", "--pgdata", directory.resolve("gone").toString());
      assertThat(said.lines()).isEmpty();
    }
    assertThat(out.toString()).containsOnlyOnce(directory.resolve("gone") + " does not exist");
  }

  @Test
  void shouldSayOfAFileThatItIsNoDataDirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("PG_VERSION"));

    run("check", "--pgdata", file.toString());

    assertThat(out.toString())
        .contains(file + " is a file; to mend it: name the directory in which it lies");
  }

  @Test
  void shouldNotPromiseToTryAgain() {
    Path missing = directory.resolve("none.log");
    try (LogCapture said = LogCapture.open()) {
      run("once", "--log", missing.toString());
      assertThat(said.lines())
          .containsExactly(
              "WARN "
                  + missing
                  + ": "
                  + missing
                  + " does not exist; to mend it: name the path that is right; or: make it: walwatch"
                  + " serve takes it up then");
    }
  }

  @Test
  void shouldListTheProviderThatReadsFilesItself() {
    assertThat(run("plugins")).isZero();
    assertThat(out.toString()).contains("\ndirectory    backups   built in\n");
  }

  private int run(String... arguments) {
    return Main.commandLine().setOut(new PrintWriter(out, true)).execute(arguments);
  }
}
