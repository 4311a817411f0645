/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A spool into which anybody writes anything, and a disk that fails. */
final class HostileSpoolTest extends SpoolFixture {
  private static final int SWAPS = 400;

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
    pipes("job,pipe,1-2-3.start");

    watch().look();

    assertThat(told.said)
        .containsExactly("malformed it is no regular file", "malformed it is no regular file");
  }

  /** What was read once is out of the reach of its owner, who may put anything in its place. */
  @Test
  void shouldNotOpenWhatTakesThePlaceOfARecord() throws Exception {
    process(77, "S", "123456");
    start(RUN);
    Looks watch = watch();
    watch.look();
    pipes(RUN + ".start");
    end(RUN, 0);
    pipes(RUN + ".out");
    watch.look();

    assertThat(told.said)
        .containsExactly("running base", "lost base", "malformed it is no regular file");
    assertThat(watch.kept()).isEmpty();
    assertThat(files()).isEmpty();
  }

  /** A race that is lost by whoever opens what he has only looked at. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shouldNeverWaitForAPipeThatIsSwappedIn() throws Exception {
    String[] names = new String[SWAPS];
    Arrays.setAll(names, i -> String.format(Locale.ROOT, "job,base,1-%03x-3.start", i));
    Path pipes = Files.createDirectory(directory.resolve("pipes"));
    mkfifo(pipes, names);
    for (String name : names) {
      write(name, record("this-boot"));
    }
    Thread swapper = new Thread(() -> swap(pipes, names), "swapper");
    swapper.start();
    while (swapper.isAlive()) {
      watch().look();
    }
    swapper.join();
    watch().look();

    assertThat(told.problem).isNull();
  }

  private void swap(Path pipes, String[] names) {
    for (String name : names) {
      try {
        Files.move(
            pipes.resolve(name), spool().directory().resolve(name), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void pipes(String... names) throws Exception {
    mkfifo(spool().directory(), names);
  }

  private static void mkfifo(Path directory, String... names) throws Exception {
    List<String> command = new ArrayList<>(List.of("mkfifo"));
    Arrays.stream(names).forEach(name -> command.add(directory.resolve(name).toString()));
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
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
  }

  @Test
  void shouldMissARunWhoseStartHasVanished() throws IOException {
    process(77, "S", "123456");
    start(RUN);
    Looks watch = watch();
    watch.look();
    Files.delete(directory.resolve("spool/jobs-taken").resolve(RUN + ".start"));
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
      write(run + ".out", "x ".repeat(JobSpool.OUTPUT_BYTES / 2));
      end(run, 0);
    }
    Looks watch = watch();

    assertThat(watch.look()).isTrue();
    // Each lacks its first word: 16 of them are a little less than 1 MiB.
    assertThat(told.said).hasSize(2 * 17);
    assertThat(watch.look()).isTrue();
    assertThat(watch.look()).isFalse();
    assertThat(told.said).hasSize(2 * 40);
  }

  /** A disk that does not answer. */
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

    assertThat(told.problem)
        .isEqualTo(directory.resolve("nowhere") + ": no such file or directory");
  }

  @Test
  void shouldLetOtherUsersWriteAndNotList() throws IOException {
    assertThat((int) Files.getAttribute(spool().directory(), "unix:mode") & 07777).isEqualTo(03733);
  }
}
