/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.ArchiverSightings.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who the archiver is, by a /proc that is made by hand. */
final class ArchiverProcessTest {
  /** The machine started at 1,000,000 seconds of the epoch, the server 100 s later. */
  private static final String STARTED = "1000100";

  @TempDir private Path directory;
  private final MutableClock clock = new MutableClock();
  private Path proc = Path.of("");
  private Path data = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    proc = Files.createDirectory(directory.resolve("proc"));
    data = Files.createDirectory(directory.resolve("data"));
    Files.writeString(proc.resolve("stat"), "cpu  1 2 3\nbtime 1000000\nprocesses 4\n");
    Files.writeString(data.resolve("postmaster.pid"), "100\n/data\n" + STARTED + "\n5432\n");
    process("100", "postgres", "1", 10_000, "/usr/lib/postgresql/15/bin/postgres");
    clock.setMillis(1_000_200_000L);
  }

  @Test
  void shouldFindTheArchiverAmongTheChildrenOfThePostmaster() throws IOException {
    child("101", 10_100, "postgres: checkpointer ");
    child("102", 10_100, "postgres: main: archiver last was 000000010000000000000007");
    child("103", 10_200, "postgres: eve evedb [local] idle");

    assertThat(answer("102")).isEqualTo(Answer.ARCHIVER);
    assertThat(answer("103")).isEqualTo(Answer.ANOTHER);
  }

  @Test
  void shouldKnowTheTitlesOfAllVersions() throws IOException {
    for (String title :
        new String[] {
          "postgres: archiver process   ",
          "postgres: archiver process   last was 000000010000000000000007",
          "postgres: archiver archiving 00000002.history",
          "postgres: 15/main: archiver failed on 000000010000000000000007.00000028.backup"
        }) {
      child("102", 10_100, title);
      assertThat(answer("102")).as(title).isEqualTo(Answer.ARCHIVER);
      clock.advanceMillis(60_000);
    }
  }

  @Test
  void shouldNotTakeARoleForTheArchiverThatIsCalledSo() throws IOException {
    child("102", 10_100, "postgres: archiver last was 0 [local] idle");
    child("103", 10_100, "postgres: x: archiver db 127.0.0.1(4711) SELECT");

    assertThat(answer("102")).isEqualTo(Answer.UNKNOWN);
    assertThat(answer("103")).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void shouldRememberAnArchiverThatHasDied() throws IOException {
    child("102", 10_100, "postgres: archiver ");
    ArchiverProcess archiver = archiver();
    archiver.look();
    Instant before = clock.instant();
    clock.advanceMillis(30_000);
    Files.delete(proc.resolve("102/stat"));
    child("110", 23_000, "postgres: archiver ");

    Instant now = clock.instant();
    assertThat(archiver.upTo(now).of(110, now)).isEqualTo(Answer.ARCHIVER);
    assertThat(archiver.upTo(now).of(102, now)).isEqualTo(Answer.UNKNOWN);
    assertThat(archiver.upTo(before).of(102, before)).isEqualTo(Answer.ARCHIVER);
    assertThat(archiver.upTo(before).of(110, before)).isEqualTo(Answer.ANOTHER);
  }

  @Test
  void shouldKnowNothingWhereThePostmasterIsNotVisibleAsPostgres() throws IOException {
    child("102", 10_100, "postgres: archiver ");
    process("100", "sshd", "1", 10_000, "sshd");
    assertThat(answer("102")).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void shouldKnowNothingWhereAnotherServerHasThatNumber() throws IOException {
    child("102", 10_100, "postgres: archiver ");
    Files.writeString(data.resolve("postmaster.pid"), "100\n/data\n1000150\n5432\n");
    assertThat(answer("102")).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void shouldKnowNothingWithoutAPostmaster() throws IOException {
    Files.delete(data.resolve("postmaster.pid"));
    assertThat(answer("102")).isEqualTo(Answer.UNKNOWN);
    Files.writeString(data.resolve("postmaster.pid"), "");
    assertThat(answer("102")).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void shouldTellTheLibraryThatTheServersFilesName() throws IOException {
    ArchiverProcess archiver = archiver();
    assertThat(archiver.library()).isNull();

    Files.writeString(data.resolve("postgresql.conf"), "archive_library = 'basic_archive'\n");
    clock.advanceMillis(2_000);
    assertThat(archiver.library()).isEqualTo("basic_archive");

    Files.writeString(data.resolve("postgresql.conf"), "\n");
    assertThat(archiver.library()).isEqualTo("basic_archive");
    clock.advanceMillis(2_000);
    assertThat(archiver.library()).isEmpty();
  }

  private ArchiverProcess archiver() {
    return new ArchiverProcess(data, clock, proc);
  }

  private Answer answer(String pid) {
    Instant now = clock.instant();
    return archiver().upTo(now).of(Long.parseLong(pid), now);
  }

  private void child(String pid, long startTicks, String title) throws IOException {
    process(pid, "postgres", "100", startTicks, title);
    Path children = Files.createDirectories(proc.resolve("100/task/100")).resolve("children");
    String before = Files.exists(children) ? Files.readString(children) : "";
    Files.writeString(children, before + pid + " ");
  }

  private void process(String pid, String command, String parent, long startTicks, String title)
      throws IOException {
    Path process = Files.createDirectories(proc.resolve(pid));
    String fields = " S " + parent + " 0".repeat(17) + " " + startTicks + " 0 0\n";
    Files.writeString(process.resolve("stat"), pid + " (" + command + ")" + fields);
    Files.writeString(process.resolve("cmdline"), title + "\0\0\0");
  }
}
