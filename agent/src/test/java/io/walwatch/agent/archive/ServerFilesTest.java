/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.ServerStatus.ArchiveMethod;
import io.walwatch.agent.archive.ServerStatus.ArchiveMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory made of real pg_control files and hand-written others. */
class ServerFilesTest {
  private static final String OPTIONS =
      "/usr/lib/postgresql/15/bin/postgres \"-D\" \"/data\" \"-c\" \"config_file=/etc/pg.conf\"";
  private static final long BOOTED_SECONDS = 1_795_000_000;
  private static final long STARTED_SECONDS = 1_795_343_997;

  @TempDir Path root;
  private final MutableClock clock = new MutableClock();
  private Path data;
  private Path proc;
  private ServerFiles files;

  @BeforeEach
  void prepare() throws IOException {
    data = Files.createDirectories(root.resolve("data"));
    proc = Files.createDirectories(root.resolve("proc"));
    Files.createDirectories(data.resolve("global"));
    Files.createDirectories(data.resolve("pg_wal/archive_status"));
    Files.createDirectories(proc.resolve("self/ns"));
    Files.createDirectories(proc.resolve("1"));
    Files.writeString(proc.resolve("1/comm"), "systemd\n");
    Files.writeString(proc.resolve("stat"), "cpu  1 2 3\nbtime " + BOOTED_SECONDS + "\n");
    Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[4026531836]"));
    Files.writeString(data.resolve("PG_VERSION"), "15\n");
    Files.writeString(data.resolve("postgresql.conf"), "archive_mode = on # why not\n");
    control("15-running");
    files = new ServerFiles(data, clock, proc);
  }

  private void control(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(Testdata.path("pg_control/" + name + ".pg_control"));
    Files.write(data.resolve("global/pg_control"), bytes);
  }

  /** The server says when it started, and a process has its number that started just then. */
  private void postmaster(String pid, String command) throws IOException {
    postmaster(pid, command, STARTED_SECONDS, "/usr/lib/postgresql/15/bin/" + command);
  }

  private void postmaster(String pid, String command, long startedSeconds, String title)
      throws IOException {
    Files.writeString(
        data.resolve("postmaster.pid"), pid + "\n/data\n" + STARTED_SECONDS + "\n5432\n");
    Path process = Files.createDirectories(proc.resolve(pid));
    long ticks = (startedSeconds - BOOTED_SECONDS) * 100;
    Files.writeString(
        process.resolve("stat"),
        pid + " (" + command + ") S 1" + " 0".repeat(17) + " " + ticks + " 0 0\n");
    Files.writeString(process.resolve("cmdline"), title.replace(' ', '\0') + "\0");
  }

  @Test
  void shouldDescribeARunningPrimary() throws IOException {
    postmaster("4711", "postgres");
    Files.write(data.resolve("pg_wal/000000010000000000000001"), new byte[1 << 20]);
    ServerStatus status = files.status();
    assertThat(status.version()).contains("15");
    assertThat(status.systemIdentifier()).hasValue(7_710_943_708_104_973_467L);
    assertThat(status.inRecovery()).contains(false);
    assertThat(status.running()).contains(true);
    assertThat(status.archiveMode()).contains(ArchiveMode.ON);
    assertThat(status.archiveCommand()).contains("");
    assertThat(status.archiveMethod()).contains(ArchiveMethod.NONE);
    assertThat(status.segmentSizeBytes()).hasValue(16_777_216);
    assertThat(status.timeline()).hasValue(1);
    assertThat(status.redoPosition()).hasValue(0x2013A08);
    assertThat(status.walDirectoryBytes()).hasValue(1 << 20);
    assertThat(status.filesystemSizeBytes()).isPresent();
    assertThat(status.filesystemAvailBytes()).isPresent();
  }

  @Test
  void shouldFollowPromotionAndDemotion() throws IOException {
    postmaster("4711", "postgres");
    Files.createFile(data.resolve("standby.signal"));
    control("15-standby");
    assertThat(files.status().inRecovery()).contains(true);
    // The signal file is removed a moment after the state has changed.
    control("15-promoted");
    assertThat(files.status().inRecovery()).contains(false);
    assertThat(files.status().timeline()).hasValue(2);
    Files.delete(data.resolve("standby.signal"));
    assertThat(files.status().inRecovery()).contains(false);
    control("15-standby-stopped");
    assertThat(files.status().inRecovery()).contains(true);
  }

  @Test
  void shouldCallACrashedServerWithASignalFileAStandby() throws IOException {
    control("15-crashed");
    assertThat(files.status().inRecovery()).contains(false);
    Files.createFile(data.resolve("recovery.conf"));
    assertThat(files.status().running()).contains(false);
    assertThat(files.status().inRecovery()).contains(true);
  }

  @Test
  void shouldGoByTheSignalFilesWhereTheControlFileIsNotKnown() throws IOException {
    Files.write(data.resolve("global/pg_control"), new byte[8192]);
    assertThat(files.status().inRecovery()).contains(false);
    assertThat(files.status().systemIdentifier()).isEmpty();
    Files.createFile(data.resolve("standby.signal"));
    assertThat(files.status().inRecovery()).contains(true);
  }

  @Test
  void shouldGoByTheSignalFilesInALayoutThatIsNotKnown() throws IOException {
    Path control = data.resolve("global/pg_control");
    Files.write(control, ControlFileReaderTest.withVersion(Files.readAllBytes(control), 1900));
    postmaster("4711", "postgres");
    assertThat(files.status().inRecovery()).contains(false);
    assertThat(files.status().timeline()).isEmpty();
    Files.createFile(data.resolve("standby.signal"));
    assertThat(files.status().inRecovery()).contains(true);
  }

  /** 9.6 has pg_xlog, and recovery.conf instead of signal files; promotion renames that. */
  @Test
  void shouldKnowAServerOf96ByItsOldNames() throws IOException {
    Files.writeString(data.resolve("PG_VERSION"), "9.6\n");
    Files.move(data.resolve("pg_wal"), data.resolve("pg_xlog"));
    Files.write(data.resolve("pg_xlog/000000010000000000000001"), new byte[1 << 20]);
    Files.writeString(data.resolve("recovery.conf"), "standby_mode = on\n");
    control("9.6-initdb");
    assertThat(files.status().version()).contains("9.6");
    assertThat(files.status().inRecovery()).as("it is about to be one").contains(true);
    control("9.6-standby");
    assertThat(files.status().inRecovery()).contains(true);
    assertThat(files.status().walDirectoryBytes()).hasValue(1 << 20);
    control("9.6-promoted");
    Files.move(data.resolve("recovery.conf"), data.resolve("recovery.done"));
    assertThat(files.status().inRecovery()).contains(false);
    assertThat(files.status().timeline()).hasValue(2);
    assertThat(files.status().segmentSizeBytes()).hasValue(16_777_216);
  }

  @Test
  void shouldNotTakeAnotherProcessForThePostmaster() throws IOException {
    postmaster("4711", "sshd");
    assertThat(files.status().running()).contains(false);
    Files.delete(data.resolve("postmaster.pid"));
    assertThat(files.status().running()).contains(false);
  }

  /** A machine that lost its power leaves the file, and gives the number to somebody else. */
  @Test
  void shouldNotTakeWhoeverHasItsNumberForThePostmaster() throws IOException {
    postmaster("4711", "postgres_export");
    assertThat(files.status().running()).contains(false);
    postmaster("4711", "postgres", STARTED_SECONDS + 3_600, "postgres: eve evedb [local] idle");
    assertThat(files.status().running()).as("another server's session").contains(false);
    String other = "/usr/lib/postgresql/16/bin/postgres -D /var/lib/postgresql/16/other";
    Files.writeString(data.resolve("postmaster.opts"), OPTIONS + "\n");
    postmaster("4711", "postgres", STARTED_SECONDS + 3_600, other);
    assertThat(files.status().running()).as("another server").contains(false);
  }

  /** Its clock was set after it had started. */
  @Test
  void shouldKnowThePostmasterByItsCommandLineToo() throws IOException {
    Files.writeString(data.resolve("postmaster.opts"), OPTIONS + "\n");
    postmaster("4711", "postgres", STARTED_SECONDS + 3_600, OPTIONS.replace("\"", ""));
    assertThat(files.status().running()).contains(true);
  }

  @Test
  void shouldNotKnowWhetherAServerRunsThatIsInAnotherContainer() throws IOException {
    postmaster("1", "systemd");
    assertThat(files.status().running()).isEmpty();
    Files.writeString(data.resolve("postmaster.pid"), "4711\n");
    assertThat(files.status().running()).contains(false);
    Files.delete(proc.resolve("self/ns/pid"));
    Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[4026532999]"));
    assertThat(files.status().running()).isEmpty();
  }

  @Test
  void shouldSayNothingOfADirectoryThatIsNotThere() {
    ServerStatus status = new ServerFiles(root.resolve("none"), clock, proc).status();
    assertThat(status.version()).isEmpty();
    assertThat(status.inRecovery()).isEmpty();
    assertThat(status.running()).isEmpty();
    assertThat(status.archiveMode()).isEmpty();
    assertThat(status.segmentSizeBytes()).isEmpty();
    assertThat(status.walDirectoryBytes()).isEmpty();
  }

  @Test
  void shouldReadChangedSettingsAgain() throws IOException {
    assertThat(files.status().archiveMode()).contains(ArchiveMode.ON);
    Files.writeString(data.resolve("postgresql.conf"), "archive_mode = always\n");
    clock.advanceMillis(10_000);
    assertThat(files.status().archiveMode()).contains(ArchiveMode.ALWAYS);
    Files.writeString(data.resolve("postgresql.auto.conf"), "archive_mode = 'off'\n");
    clock.advanceMillis(10_000);
    assertThat(files.status().archiveMode()).contains(ArchiveMode.OFF);
  }

  @Test
  void shouldTellWhatItArchivesWith() throws IOException {
    assertThat(methodOf("archive_command = 'cp %p /mnt/%f'\n")).contains(ArchiveMethod.COMMAND);
    assertThat(methodOf("archive_library = 'basic_archive'\n")).contains(ArchiveMethod.LIBRARY);
    assertThat(methodOf("archive_command = 'true'\narchive_library = 'basic_archive'\n"))
        .contains(ArchiveMethod.LIBRARY);
    assertThat(methodOf("archive_command = ''\narchive_library = ''\n"))
        .contains(ArchiveMethod.NONE);
    assertThat(methodOf("archive_command = ''\ninclude_dir 'conf.d'\n"))
        .as("a library may be set where it cannot be read")
        .isEmpty();
    assertThat(methodOf("archive_command = 'true'\ninclude_dir 'conf.d'\n"))
        .contains(ArchiveMethod.COMMAND);
  }

  private Optional<ArchiveMethod> methodOf(String settings) throws IOException {
    Files.writeString(data.resolve("postgresql.conf"), settings);
    clock.advanceMillis(10_000);
    return files.status().archiveMethod();
  }

  @Test
  void shouldTakeTheDefaultOnlyWhereEveryFileIsRead() throws IOException {
    Files.writeString(data.resolve("postgresql.conf"), "");
    clock.advanceMillis(10_000);
    assertThat(files.status().archiveMode()).contains(ArchiveMode.OFF);
    Files.writeString(data.resolve("postgresql.conf"), "include_dir 'conf.d'\n");
    clock.advanceMillis(10_000);
    assertThat(files.status().archiveMode()).isEmpty();
  }
}
