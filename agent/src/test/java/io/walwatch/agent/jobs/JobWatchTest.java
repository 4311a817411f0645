/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records as `walwatch run` writes them, a /proc of the test's own, and a clock that is set. */
final class JobWatchTest implements InstantSource {
  private static final String RUN = "job,base,1763800000-77-0a1b2c3d";

  @TempDir private Path directory;
  private final ToldJobs told = new ToldJobs();
  private long nowMillis = 1_763_800_100_000L;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(directory.resolve("proc/1"));
    spool().create();
  }

  @Test
  void shouldTellOfARunThatEndedWell() throws IOException {
    start(RUN);
    write(RUN + ".out", "all is well\n");
    end(RUN, 0);

    watch().look();

    assertThat(told.said).containsExactly("running base", "ended base 0 after 2500: all is well");
  }

  @Test
  void shouldKeepTheRecordUntilWhatItToldIsKept() throws IOException {
    start(RUN);
    end(RUN, 3);
    JobWatch watch = watch();
    watch.look();
    watch.look();
    assertThat(told.said).hasSize(2);
    assertThat(files()).hasSize(2);

    assertThat(watch.kept()).isEmpty();

    assertThat(files()).isEmpty();
  }

  @Test
  void shouldTellNothingTwiceAfterACrashBeforeTheRecordWasRemoved() throws IOException {
    start(RUN);
    end(RUN, 3);
    watch().look();

    watch().look();

    assertThat(told.said).hasSize(2);
  }

  @Test
  void shouldMissARunWhoseProcessIsGone() throws IOException {
    start(RUN);
    JobWatch watch = watch();
    watch.look();
    assertThat(told.said).containsExactly("running base");

    nowMillis += 2_000;
    watch.look();

    assertThat(told.said).containsExactly("running base", "lost base");
  }

  @Test
  void shouldNotMissARunWhoseEndComesLate() throws IOException {
    start(RUN);
    JobWatch watch = watch();
    watch.look();
    end(RUN, 0);
    nowMillis += 5_000;
    watch.look();

    assertThat(told.said).containsExactly("running base", "ended base 0 after 2500: ");
  }

  @Test
  void shouldBelieveInAProcessOnlyWithItsTimeOfStart() throws IOException {
    process(77, "S", "123456");
    start(RUN);
    JobWatch watch = watch();
    watch.look();
    nowMillis += 10_000;
    watch.look();
    assertThat(told.said).containsExactly("running base");

    process(77, "S", "999999");
    watch.look();
    nowMillis += 2_000;
    watch.look();

    assertThat(told.said).containsExactly("running base", "lost base");
  }

  @Test
  void shouldMissARunOfAnEarlierBootAtOnceAfterItsPatience() throws IOException {
    process(77, "S", "123456");
    start(RUN, "another-boot");
    JobWatch watch = watch();
    watch.look();
    nowMillis += 2_000;
    watch.look();

    assertThat(told.said).containsExactly("running base", "lost base");
  }

  @Test
  void shouldMissNothingWhereOtherUsersProcessesAreHidden() throws IOException {
    Files.delete(directory.resolve("proc/1"));
    start(RUN);
    JobWatch watch = watch();
    watch.look();
    nowMillis += 3_600_000;
    watch.look();

    assertThat(told.said).containsExactly("running base");
  }

  @Test
  void shouldTellOfARunThatWasRefused() throws IOException {
    write(RUN + ".refused", "version=1\njob=base\n");

    watch().look();

    assertThat(told.said).containsExactly("refused base");
  }

  @Test
  void shouldUndoTheSlashInAFileName() throws IOException {
    write("job,15%2Fbase,1-2-3.refused", "version=1\n");

    watch().look();

    assertThat(told.said).containsExactly("refused 15/base");
  }

  @Test
  void shouldFollowNoLinkAndReadNoPipe() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "version=1\nstarted=1\npid=1\n");
    Files.createSymbolicLink(spool().directory().resolve(RUN + ".start"), secret);
    String pipe = spool().directory().resolve("job,pipe,1-2-3.start").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();

    watch().look();

    assertThat(told.said)
        .containsExactly("malformed it is no regular file", "malformed it is no regular file");
  }

  @Test
  void shouldRefuseWhatIsNoRecord() throws IOException {
    write(RUN + ".start", "version=1\nstarted=yesterday\npid=77\n");
    write("job,b,1-2-3.start", "version=2\nstarted=1\npid=77\n");
    write("job,c,1-2-3.start", "");
    write("job,d,1-2-3.start", "version=1\nstarted=99999999999999999999\npid=1\n");
    write("something-else", "");

    watch().look();

    assertThat(told.said)
        .containsExactly(
            "malformed it is not of version 1",
            "malformed started is no time in seconds",
            "malformed it is not of version 1",
            "malformed started is no time in seconds");
  }

  @Test
  void shouldSayThatTheSpoolCannotBeRead() {
    new JobWatch(
            new JobSpool(directory.resolve("nowhere")),
            new RunningProcesses(directory.resolve("proc"), "this-boot"),
            told,
            this)
        .look();

    assertThat(told.problem).contains("NoSuchFile");
  }

  @Test
  void shouldLetOtherUsersWriteAndNotList() throws IOException {
    assertThat((int) Files.getAttribute(spool().directory(), "unix:mode") & 07777).isEqualTo(03733);
  }

  private JobSpool spool() {
    return new JobSpool(directory.resolve("spool/jobs"));
  }

  private JobWatch watch() {
    return new JobWatch(
        spool(), new RunningProcesses(directory.resolve("proc"), "this-boot"), told, this);
  }

  private void start(String run) throws IOException {
    start(run, "this-boot");
  }

  private void start(String run, String boot) throws IOException {
    write(
        run + ".start",
        "version=1\njob=base\nstarted=1763800000.500000000\npid=77\nbegun=123456\nboot="
            + boot
            + "\nnamespace=\nuser=postgres\ntimeout=\ncommand=wal-e backup-push a=b\n");
  }

  private void end(String run, int code) throws IOException {
    write(
        run + ".end", "version=1\njob=base\nended=1763800003.000\ncode=" + code + "\ntimed_out=\n");
  }

  private void process(long pid, String state, String begun) throws IOException {
    Path process = Files.createDirectories(directory.resolve("proc/" + pid));
    Files.writeString(
        process.resolve("stat"),
        pid
            + " (sh (1) x) "
            + state
            + " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 "
            + begun
            + " 1 1\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(spool().directory().resolve(name), text);
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(spool().directory())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(nowMillis);
  }
}
