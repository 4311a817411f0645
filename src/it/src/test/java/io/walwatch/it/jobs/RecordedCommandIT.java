/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.jobs.JobRunner.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a job's command line is recorded. */
@Timeout(120)
class RecordedCommandIT {
  @TempDir private Path directory;
  private JobRunner runner = new JobRunner(Path.of(""), Path.of(""));

  @BeforeEach
  void prepare() throws IOException {
    runner = new JobRunner(directory, Files.createDirectory(directory.resolve("spool")));
  }

  @Test
  void shouldRecordACommandAsItIs() throws Exception {
    Run run = runner.start(List.of("--job", "base", "--", "true", "a\\nb", "c\\cd", "e\\"));
    assertThat(run.exitCode()).isZero();
    assertThat(runner.record(".start")).contains("\ncommand=true a\\nb c\\cd e\\ \n");
  }

  @Test
  void shouldStoreTheCommandLineWithoutSecrets() throws Exception {
    Run run =
        runner.start(
            List.of(
                "--job",
                "base",
                "--",
                "true",
                "PGPASSWORD=hunter1",
                "postgres://me:hunter2@db1/postgres",
                "--password",
                "hunter3",
                "AZURE_STORAGE_KEY=hunter4",
                "WALG_LIBSODIUM_KEY=hunter5",
                "Authorization: Bearer hunter6hunter6",
                "--jobs=4"));
    assertThat(run.exitCode()).isZero();
    assertThat(runner.record(".start"))
        .doesNotContain("hunter")
        .contains("PGPASSWORD=***", "postgres://me:***@db1/postgres", "--password ***", "--jobs=4");
  }

  /** Each argument is one of its own here, and what makes it a secret may be another one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "true --secret_key hunter2",
        "true --pass hunter2",
        "rclone copy --sftp-pass hunter2 a b",
        "aws configure set aws_secret_access_key hunter2",
        "7z a -phunter2 x.7z",
        "zip -r -P hunter2 x.zip dir",
        "curl --oauth2-bearer hunter2 http://x",
        "env B2_APPLICATION_KEY=hunter2 true",
        "true sig=hunter2&sv=2020"
      })
  void shouldHideArguments(String command) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--job", "base", "--"));
    arguments.addAll(List.of(command.split(" ")));
    runner.start(arguments).exitCode();

    assertThat(runner.record(".start")).doesNotContain("hunter").contains("***");
  }

  /** The agent masks by the same tables, MaskingTest. */
  @ParameterizedTest
  @MethodSource("secrets")
  void shouldHideWhatTheAgentHides(String line) throws Exception {
    String secret = line.substring(line.indexOf('‹') + 1, line.indexOf('›')).replace('\n', ' ');

    assertThat(recorded(line.replace("‹", "").replace("›", "")))
        .doesNotContain(secret)
        .contains("***");
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void shouldShowWhatTheAgentShows(String line) throws Exception {
    assertThat(recorded(line)).isEqualTo("command=true " + line + " ");
  }

  @Test
  void shouldTellTheOptionsOfCommandsApart() throws Exception {
    runner
        .start(
            List.of(
                "--job", "base", "--", "sudo", "-H", "-u", "postgres", "PGPASSWORD=two hunters"))
        .exitCode();

    assertThat(runner.record(".start")).contains("command=sudo -H -u postgres PGPASSWORD=*** \n");
  }

  static Stream<String> secrets() throws IOException {
    return table("secrets.txt");
  }

  static Stream<String> harmless() throws IOException {
    return table("harmless.txt");
  }

  private static Stream<String> table(String name) throws IOException {
    return Files.readAllLines(
            Path.of(System.getProperty("walwatch.root", "../.."))
                .resolve("testdata/masking")
                .resolve(name))
        .stream()
        .map(line -> line.replace('⏎', '\n'));
  }

  private String recorded(String argument) throws Exception {
    runner.start(List.of("--job", "base", "--", "true", argument)).exitCode();
    return runner
        .record(".start")
        .lines()
        .filter(line -> line.startsWith("command="))
        .findFirst()
        .orElseThrow();
  }
}
