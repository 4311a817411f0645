/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code walwatch parse} of several files; the counts are those of the README beside the logs. */
final class ParsedFilesTest {
  private static final Path PG_LOG =
      Path.of(System.getProperty("walwatch.root", "..")).resolve("testdata/wal-e/pg_log");

  @TempDir private Path directory;

  @Test
  void shouldCountOnceWhatAServerWroteInThreeFormats() throws IOException {
    String summary =
        summary(
            PG_LOG.resolve("postgresql-2026-11-22.log"),
            PG_LOG.resolve("postgresql-2026-11-22.csv"),
            PG_LOG.resolve("postgresql-2026-11-22.json"));

    assertTrueCounts(summary);
  }

  /** CET may be one of several zones, and a copy's own time does not tell which. */
  @Test
  void shouldCountOnceWhatAServerWroteInThreeFormatsWithoutTimes() throws IOException {
    List<Path> copies = new ArrayList<>();
    for (String format : new String[] {".csv", ".log", ".json"}) {
      String text = Files.readString(PG_LOG.resolve("postgresql-2026-11-22" + format));
      copies.add(Files.writeString(directory.resolve("a" + format), text.replace(" UTC", " CET")));
    }

    assertTrueCounts(summary(copies.toArray(new Path[0])));
  }

  /** Each 26 attempts, 6 times given up, one start. */
  private static void assertTrueCounts(String summary) {
    assertThat(summary)
        .contains("\"archive_command_failed log exit 1\":13")
        .contains("\"archive_command_failed log exit 2\":8")
        .contains("\"archive_command_failed log exit 111\":3")
        .contains("\"archive_command_failed fatal exit 137\":1")
        .contains("\"archive_command_failed fatal exit 143\":1")
        .contains("\"archive_command_gave_up\":6")
        .contains("\"server started\":1");
  }

  @Test
  void shouldKeepTwoServersApartThatFailInOneSecond() throws IOException {
    String summary = summary(server("s1.log", 100), server("s2.log", 200));

    assertThat(summary)
        .contains("\"archive_command_failed log exit 1\":2")
        .contains("\"server started\":2")
        .contains("\"rejected\":{}");
  }

  /** One server through log_destination = 'stderr,syslog', which stamps whole seconds. */
  @Test
  void shouldCountOnceWhatComesByStderrAndBySyslog() throws IOException {
    Path syslog =
        Files.writeString(
            directory.resolve("syslog"),
            """
            2026-11-22T09:00:02.001000+00:00 db1 postgres[103]: [5-1] 2026-11-22 09:00:02.000 UTC [103] LOG:  archive command failed with exit code 1
            2026-11-22T09:00:02.001000+00:00 db1 postgres[103]: [5-2] 2026-11-22 09:00:02.000 UTC [103] DETAIL:  The failed archive command was: /bin/false
            """);

    assertThat(summary(server("s1.log", 100), syslog))
        .contains("\"archive_command_failed log exit 1\":1")
        .contains("\"duplicate postgres\":1");
  }

  private Path server(String name, int pid) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        """
        2026-11-22 09:00:00.000 UTC [POSTMASTER] LOG:  starting PostgreSQL 15.4 on x86_64-pc-linux-gnu, compiled by gcc (GCC) 12, 64-bit
        2026-11-22 09:00:01.000 UTC [POSTMASTER] LOG:  database system is ready to accept connections
        2026-11-22 09:00:02.000 UTC [ARCHIVER] LOG:  archive command failed with exit code 1
        2026-11-22 09:00:02.000 UTC [ARCHIVER] DETAIL:  The failed archive command was: /bin/false
        """
            .replace("POSTMASTER", "" + pid)
            .replace("ARCHIVER", "" + (pid + 3)));
  }

  private String summary(Path... files) {
    List<String> arguments = new ArrayList<>(List.of("--summary"));
    arguments.addAll(List.of("--plugins", directory.resolve("none").toString()));
    for (Path file : files) {
      arguments.add(file.toString());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int exit = new CommandLine(new ParseCommand(out)).execute(arguments.toArray(new String[0]));
    assertThat(exit).isZero();
    return out.toString(UTF_8);
  }
}
