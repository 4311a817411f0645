/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Exit codes and messages of the commands. */
final class MainTest {
  private static final Path TESTDATA =
      Path.of(System.getProperty("walwatch.root", "..")).resolve("testdata");

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldRefuseAnUnknownOption() {
    assertThat(run("serve", "--lisen", ":1")).isEqualTo(2);
    assertThat(err.toString()).contains("walwatch: Unknown option").contains("'--lisen'");
    assertThat(err.toString()).endsWith("; see walwatch serve --help\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void shouldRefuseAMissingCommand() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("walwatch: a command is missing; see walwatch --help\n");
  }

  @Test
  void shouldNameThePlaceOfAMistakeInTheConfiguration() throws IOException {
    Path config = directory.resolve("walwatch.yml");
    Files.writeString(config, "listn: [':1']\n");

    assertThat(run("serve", "--config", config.toString())).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("walwatch: " + config + ", line 1, column 1: unknown key \"listn\"");
  }

  @Test
  void shouldRefuseYamlThatIsNone() throws IOException {
    Path config = directory.resolve("walwatch.yml");
    Files.writeString(config, "listen: [':1'\nservers: }\n");

    assertThat(run("check", "--config", config.toString())).isEqualTo(2);

    assertThat(err.toString()).startsWith("walwatch: " + config);
    assertThat(err.toString().lines()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void shouldRefuseAWebConfigWithWhichNoAgentWouldStart() throws IOException {
    Path web = directory.resolve("web.yml");
    Files.writeString(web, "tls_server_config: { cert_file: \n");

    assertThat(run("check", "--archive-status", "" + directory, "--web-config", "" + web))
        .isEqualTo(2);

    assertThat(err.toString()).startsWith("walwatch: " + web + ", line ");
  }

  @Test
  void shouldSayItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("walwatch ").contains("Java ");
  }

  @Test
  void shouldHelpWithExamples() {
    for (String command :
        new String[] {"serve", "check", "once", "parse", "plugins", "list", "forget gap"}) {
      out.getBuffer().setLength(0);
      assertThat(run((command + " --help").split(" ", -1))).as(command).isZero();
      assertThat(out.toString()).as(command).containsPattern("Examples?:").contains(command);
    }
  }

  @Test
  void shouldParseTheOtherFilesWhereOneIsMissing() {
    String good = TESTDATA.resolve("wal-e/wal-e.stderr.log").toString();

    assertThat(run("parse", "--summary", good, directory + "/none", good, directory + "/gone"))
        .isEqualTo(2);

    assertThat(err.toString())
        .isEqualTo(
            "walwatch: DIR/none: no such file; DIR/gone: no such file\n"
                .replace("DIR", directory.toString()));
  }

  @Test
  void shouldReadWhatIsCompressedWhateverItsName() throws IOException {
    Path file = directory.resolve("log");
    for (String text : new String[] {"", "x", "some lines\n"}) {
      try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
        gzip.write(text.getBytes(UTF_8));
      }
      try (InputStream in = ParseCommand.open(file.toString())) {
        assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo(text);
      }
      Files.writeString(file, text);
      try (InputStream in = ParseCommand.open(file.toString())) {
        assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo(text);
      }
    }
  }

  @Test
  void shouldPrintTheMetricsOfOneLook() {
    assertThat(run("once", "--log", "main=" + TESTDATA.resolve("wal-e/wal-e.stderr.log"))).isZero();
    assertThat(out.toString())
        .contains("walwatch_push_completed_total{archiver=\"wal-e\",server=\"main\"} 8.0\n");
  }

  @Test
  void shouldReplaceATextFileThatEverybodyMayRead() throws IOException {
    Path file = directory.resolve("walwatch.prom");
    Files.writeString(file, "old");

    assertThat(
            run(
                "once",
                "--log",
                "main=" + TESTDATA.resolve("wal-e/wal-e.stderr.log"),
                "--textfile",
                file.toString()))
        .isZero();

    assertThat(out.toString()).isEmpty();
    assertThat(file)
        .content()
        .contains("walwatch_push_completed_total{archiver=\"wal-e\",server=\"main\"} 8.0\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void shouldSayThatATextFileCannotBeWritten() throws IOException {
    Path file = Files.createDirectories(directory.resolve("walwatch.prom/full")).getParent();
    assertThat(
            run(
                "once",
                "--log",
                "main=" + TESTDATA.resolve("wal-e/wal-e.stderr.log"),
                "--textfile",
                String.valueOf(file)))
        .isEqualTo(2);
    assertThat(err.toString()).startsWith("walwatch: the text file " + file + " cannot be written");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void shouldSayThatALogCannotBeParsed() {
    assertThat(run("parse", directory.resolve("none.log").toString())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("walwatch: " + directory.resolve("none.log") + ": no such file\n");
  }

  @Test
  void shouldListThePlugins() {
    assertThat(run("plugins")).isZero();
    assertThat(out.toString())
        .contains("wal-e        archiver  built in")
        .contains("postgres     server    built in");
  }

  @Test
  void shouldFindProblemsInWhatIsWatched() {
    assertThat(
            run(
                "check",
                "--log",
                "main=" + directory.resolve("none.log"),
                "--state-dir",
                directory.toString()))
        .isEqualTo(1);
    assertThat(out.toString()).contains("PROBLEM  ").contains("none.log");
  }

  @Test
  void shouldHintThatNothingTellsOfAnOldBackupThatIsNotExpected() throws IOException {
    Path dump = Files.writeString(directory.resolve("a.dump"), "x");
    Files.setLastModifiedTime(dump, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Path config = directory.resolve("walwatch.yml");
    Files.writeString(
        config,
        "servers: []\nstate_directory: "
            + directory
            + "\nbackups:\n  - { name: some, provider: directory, files: \"*.dump\" }\n"
            + "  - { name: daily, provider: directory, files: \"*.dump\", expect: { every: 24h } }\n");

    assertThat(run("check", "--config", config.toString())).isZero();

    assertThat(out.toString())
        .contains("note     some: nothing will tell when its newest backup is old")
        .contains("ok       daily: 1 good backups")
        .doesNotContain("note     daily");
  }

  @Test
  void shouldSayOneCauseOnce() {
    Path gone = directory.resolve("gone");
    assertThat(
            run(
                "check",
                "--pgdata",
                "main=" + gone,
                "--log",
                gone + "/log/*.log",
                "--state-dir",
                "" + directory))
        .isEqualTo(1);
    assertThat(out.toString())
        .isEqualTo(
            "PROBLEM  main: "
                + gone
                + " does not exist; to mend it: name the path that is right; or: make it: walwatch"
                + " serve takes it up then\n1 problem.\n");
  }

  @Test
  void shouldNameEveryCommandInItsHelp() {
    assertThat(run("--help")).isZero();
    assertThat(
            out.toString()
                .lines()
                .filter(line -> line.matches("  [a-z]+ .*"))
                .map(line -> line.strip().split(" ", -1)[0]))
        .contains(
            "serve", "check", "once", "parse", "list", "forget", "run", "failures", "plugins");
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
