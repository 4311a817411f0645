/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What became of a run, from what it left. */
final class JobWatchTest extends SpoolFixture {
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

  /** It is the end of more, perhaps: a name that was cut may have been that of a secret. */
  @Test
  void shouldLeaveOutTheFirstWordOfAnOutputThatMayBeCut() throws IOException {
    start(RUN);
    String first = "WORD=hunter2 ";
    write(RUN + ".out", first + "x".repeat(64 * 1024 - first.length()));
    end(RUN, 3);

    watch().look();

    assertThat(told.said).hasSize(2);
    assertThat(told.said.get(1)).startsWith("ended base 3 after 2500: xxx");
  }

  /** The recorder of the output lives as long as the command, whose wrapper was killed. */
  @Test
  void shouldTakeAnOutputThatComesAfterTheLoss() throws IOException {
    start(RUN);
    Looks watch = watch();
    watch.look();
    nowMillis += 2_000;
    watch.look();
    write(RUN + ".out", "working\n");
    assertThat(watch.kept()).isEmpty();
    watch.look();
    assertThat(told.said).containsExactly("running base", "lost base", "late working");
    watch.look();
    assertThat(watch.kept()).isEmpty();

    assertThat(files()).isEmpty();
    assertThat(told.said).hasSize(3);
  }
}
