/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code check} where the last message has another prefix than was set. */
final class CheckPrefixTest {
  private static final String PLAIN = "2026-11-22 09:06:37.476 UTC [5] LOG:  x\n";
  private static final String RDS = "2026-11-22 09:06:37 UTC::@:[5]:LOG:  x\n";
  private static final String PROBLEM =
      "its last message has another prefix than log_line_prefix = '%m [%p] ' and is read as it looks";

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();

  @Test
  void shouldSayThatTheLastMessageHasAnotherPrefix() throws IOException {
    log("new.log", PLAIN + RDS + "cp: cannot stat 'x'\n");

    assertThat(check()).isEqualTo(1);
    assertThat(out.toString()).contains("PROBLEM  log: ").contains(PROBLEM);
  }

  @Test
  void shouldBeContentOnceAMessageHasIt() throws IOException {
    log("new.log", RDS + PLAIN);

    assertThat(check()).isZero();
  }

  @Test
  void shouldSayNothingOfALogWithoutMessages() throws IOException {
    log("new.log", "cp: cannot stat 'x'\n");

    assertThat(check()).isZero();
  }

  @Test
  void shouldNotCallALogWellInWhichItKnowsNoLine() throws IOException {
    log("new.log", "GET /index.html 200\n");

    assertThat(check()).isZero();
    assertThat(out.toString())
        .contains("note     log: " + directory.resolve("new.log") + ": 0 records recognised")
        .contains("walwatch parse --summary reads it whole");
  }

  @Test
  void shouldLookAtTheNewestLogOnly() throws IOException {
    Files.setLastModifiedTime(log("old.log", RDS + RDS), FileTime.fromMillis(1_000));
    log("new.log", PLAIN);

    assertThat(check()).isZero();
  }

  private Path log(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private int check() throws IOException {
    Path config = directory.resolve("walwatch.yml");
    Files.writeString(
        config,
        "servers: []\nsources: [{ name: log, server: main, files: ['"
            + directory.resolve("*.log")
            + "'], log_line_prefix: '%m [%p] ' }]\nstate_directory: "
            + directory
            + "\n");
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(out, true));
    return line.execute("check", "--config", config.toString());
  }
}
