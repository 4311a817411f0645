/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records as `walwatch run` writes them, a /proc of the test's own, and a clock that is set. */
final class JobWatchTest implements InstantSource {
  private static final String RUN = "job,base,1763800000-77-0a1b2c3d";

  @TempDir private Path directory;
  private final ToldJobs told = new ToldJobs();
  private int woken;
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
    Looks watch = watch();
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
    Looks watch = watch();
    watch.look();
    assertThat(told.said).containsExactly("running base");

    nowMillis += 2_000;
    watch.look();

    assertThat(told.said).containsExactly("running base", "lost base");
  }

  @Test
  void shouldNotMissARunWhoseEndComesLate() throws IOException {
    start(RUN);
    Looks watch = watch();
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
    Looks watch = watch();
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
  void shouldMissARunOfAnEarlierBootAlthoughItsPidIsInUse() throws IOException {
    process(77, "S", "123456");
    start(RUN, "another-boot");
    Looks watch = watch();
    watch.look();
    nowMillis += 2_000;
    watch.look();

    assertThat(told.said).containsExactly("running base", "lost base");
  }

  @Test
  void shouldMissNothingWhereOtherUsersProcessesAreHidden() throws IOException {
    Files.delete(directory.resolve("proc/1"));
    start(RUN);
    Looks watch = watch();
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
  void shouldKnowTheLongestName() throws IOException {
    write("job,a" + "%2F".repeat(62) + ",1763800000-4194304-0a1b2c3d.refused", "version=1\n");

    watch().look();

    assertThat(told.said).containsExactly("refused a" + "/".repeat(62));
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

  /** Root can open every file, but none whose path is too long. */
  @Test
  void shouldKeepARecordThatCannotBeReadForAMoment() throws IOException {
    Path deep = directory.resolve("deep");
    while (deep.toString().length() < 4_070) {
      deep = deep.resolve("d".repeat(Math.min(200, 4_072 - deep.toString().length())));
    }
    Path same = Files.createSymbolicLink(directory.resolve("same"), Files.createDirectories(deep));
    Files.writeString(same.resolve(RUN + ".start"), record("this-boot"));
    Looks watch = watch(new JobSpool(deep), Runnable::run);
    watch.look();
    watch.look();
    assertThat(told.problem).contains("File name too long");
    assertThat(told.said).isEmpty();
    assertThat(watch.kept()).isEmpty();

    watch(new JobSpool(same), Runnable::run).look();
    assertThat(told.problem).isNull();
    assertThat(told.said).containsExactly("running base");
    Files.delete(same.resolve(RUN + ".start"));
  }

  @Test
  void shouldMissARunWhoseStartHasVanished() throws IOException {
    process(77, "S", "123456");
    start(RUN);
    Looks watch = watch();
    watch.look();
    Files.delete(spool().directory().resolve(RUN + ".start"));
    watch.look();
    watch.look();

    assertThat(told.said).containsExactly("running base", "lost base");
  }

  @Test
  void shouldMissARunWhoseEndIsNoRecord() throws IOException {
    process(77, "S", "123456");
    start(RUN);
    Looks watch = watch();
    watch.look();
    write(RUN + ".end", "version=1\nended=never\n");
    watch.look();
    watch.look();

    assertThat(told.said)
        .containsExactly("running base", "lost base", "malformed ended is no time in seconds");
  }

  @Test
  void shouldClearAwayWhatHasNoStartAfterAnHour() throws IOException {
    write(RUN + ".out", "written after its run was lost\n");
    Looks watch = watch();
    watch.look();
    nowMillis += JobWatch.ORPHANED.toMillis() - 1;
    watch.look();
    assertThat(watch.kept()).isEmpty();
    assertThat(told.said).isEmpty();
    assertThat(files()).hasSize(1);

    nowMillis += 1;
    watch.look();
    assertThat(watch.kept()).isEmpty();

    assertThat(told.said).containsExactly("malformed its start is missing");
    assertThat(files()).isEmpty();
  }

  @Test
  void shouldCountTheFilesThatAreTooMany() throws IOException {
    for (int i = 0; i < JobSpool.MOST_RUNS + 3; i++) {
      write("job,base,1-" + Integer.toHexString(i) + "-3.out", "");
    }
    Looks watch = watch();
    watch.look();
    assertThat(told.filesLeft).isEqualTo(3);

    nowMillis += JobWatch.ORPHANED.toMillis();
    while (watch.look()) {
      assertThat(told.problem).isNull();
    }
    assertThat(watch.kept()).isEmpty();
    watch.look();
    assertThat(told.filesLeft).isZero();
    assertThat(files()).hasSize(3);
  }

  @Test
  void shouldReadNoMoreOutputThanFitsIntoTheMemory() throws IOException {
    for (int i = 0; i < 40; i++) {
      String run = "job,base,1-" + Integer.toHexString(i) + "-3";
      start(run);
      write(run + ".out", "x".repeat(JobSpool.OUTPUT_BYTES));
      end(run, 0);
    }
    Looks watch = watch();

    assertThat(watch.look()).isTrue();
    assertThat(told.said).hasSize(2 * 16);
    assertThat(watch.look()).isTrue();
    assertThat(watch.look()).isFalse();
    assertThat(told.said).hasSize(2 * 40);
  }

  /** A pipe that takes the place of a file between the look at it and its opening. */
  @Test
  void shouldNotStandStillWhereAReadDoesNotEnd() throws IOException {
    List<Runnable> waiting = new ArrayList<>();
    Looks watch = watch(spool(), waiting::add);
    start(RUN);
    watch.look();
    watch.look();
    assertThat(waiting).hasSize(1);
    assertThat(told.problem).isNull();

    nowMillis += JobTeller.STUCK.toMillis();
    watch.look();
    assertThat(told.problem).contains("does not end");

    waiting.remove(0).run();
    assertThat(woken).isEqualTo(1);
    watch.look();
    assertThat(told.said).containsExactly("running base");
    assertThat(told.problem).isNull();
  }

  @Test
  void shouldSayThatTheSpoolCannotBeRead() {
    watch(new JobSpool(directory.resolve("nowhere")), Runnable::run).look();

    assertThat(told.problem).contains("NoSuchFile");
  }

  @Test
  void shouldLetOtherUsersWriteAndNotList() throws IOException {
    assertThat((int) Files.getAttribute(spool().directory(), "unix:mode") & 07777).isEqualTo(03733);
  }

  private JobSpool spool() {
    return new JobSpool(directory.resolve("spool/jobs"));
  }

  private Looks watch() {
    return watch(spool(), Runnable::run);
  }

  private Looks watch(JobSpool spool, Executor reader) {
    RunningProcesses processes = new RunningProcesses(directory.resolve("proc"), "this-boot");
    return new Looks(new JobTeller(spool, processes, told, this, reader, () -> woken++));
  }

  /** Asks and tells at once. */
  private record Looks(JobTeller teller) {
    boolean look() {
      teller.ask();
      return teller.tell();
    }

    String kept() {
      return teller.kept();
    }
  }

  private void start(String run) throws IOException {
    start(run, "this-boot");
  }

  private void start(String run, String boot) throws IOException {
    write(run + ".start", record(boot));
  }

  private static String record(String boot) {
    return "version=1\njob=base\nstarted=1763800000.500000000\npid=77\nbegun=123456\nboot="
        + boot
        + "\nnamespace=\nuser=postgres\ntimeout=\ncommand=wal-e backup-push a=b\n";
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
