/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The log against the disk. Times are milliseconds; the deadline of each look is 600. */
final class WitnessesTest {
  private static final String SEGMENT = "000000010000000000000001";
  private static final long DEADLINE = 600;
  private static final long START = 50;

  private final Witnesses witnesses = new Witnesses(START, () -> {});

  @Test
  void shouldAgreeWhereTheLogTellsFirst() {
    witnesses.completedInLog(SEGMENT, "wal-e", 100);
    witnesses.archivedOnDisk(SEGMENT, 50, 101);

    assertThat(witnesses.unlogged(DEADLINE)).isZero();
    assertThat(unarchived("wal-e")).isZero();
  }

  @Test
  void shouldAgreeWhereTheDiskTellsFirst() {
    witnesses.archivedOnDisk(SEGMENT, 50, 100);
    assertThat(witnesses.unlogged(DEADLINE)).isEqualTo(1);

    witnesses.completedInLog(SEGMENT, "wal-e", 101);

    assertThat(witnesses.unlogged(DEADLINE)).isZero();
    assertThat(unarchived("wal-e")).isZero();
  }

  @Test
  void shouldTellOfTheSegmentsThatItHasNoRoomFor() {
    AtomicInteger forgotten = new AtomicInteger();
    Witnesses full = new Witnesses(START, forgotten::incrementAndGet);
    for (int segment = 0; segment < 1_002; segment++) {
      full.archivedOnDisk(String.format(Locale.ROOT, "%024X", segment), 50, 100);
    }
    assertThat(full.unlogged(DEADLINE)).isEqualTo(1_000);
    assertThat(forgotten).hasValue(2);
  }

  @Test
  void shouldWaitForTheOtherWitnessUntilTheTimeOut() {
    witnesses.archivedOnDisk(SEGMENT, 50, 600);
    assertThat(witnesses.unlogged(600)).isZero();
    assertThat(witnesses.unlogged(601)).isEqualTo(1);
  }

  @Test
  void shouldCountACompletedPushThatStillWaitsForItsArchiverOnly() {
    witnesses.completedInLog(SEGMENT, "wal-e", 100);

    assertThat(unarchived("wal-e")).isEqualTo(1);
    assertThat(unarchived("wal-g")).isZero();
    assertThat(witnesses.unarchived("wal-e", 100, segment -> true)).as("too early").isZero();
  }

  @Test
  void shouldNotCountAPushThatIsNoLongerInTheQueue() {
    witnesses.completedInLog(SEGMENT, "wal-e", 100);

    assertThat(witnesses.unarchived("wal-e", DEADLINE, segment -> false))
        .as("archived while the agent was down: no event tells of it")
        .isZero();
  }

  @Test
  void shouldLetASkipExplainTheDiskWithoutPromisingAnything() {
    witnesses.archivedOnDisk(SEGMENT, 50, 100);
    witnesses.skippedInLog(SEGMENT);

    assertThat(witnesses.unlogged(DEADLINE)).isZero();
    assertThat(unarchived("wal-e")).isZero();
    assertThat(witnesses.wasPushed(SEGMENT)).isFalse();
  }

  /** What it said may stand in the part of the log that was there before the first start. */
  @Test
  void shouldExpectNoRecordOfAPushThatMayHaveBegunBeforeTheLogWasRead() {
    witnesses.archivedOnDisk(SEGMENT, START - 1, 100);
    assertThat(witnesses.unlogged(DEADLINE)).isZero();

    witnesses.archivedOnDisk("000000010000000000000002", START, 100);
    assertThat(witnesses.unlogged(DEADLINE)).isEqualTo(1);
  }

  @Test
  void shouldRememberOverARestartSinceWhenTheLogIsRead() {
    Node saved = new Node();
    witnesses.save(saved);
    Witnesses restarted = new Witnesses(DEADLINE, () -> {});
    restarted.restore(saved);

    restarted.archivedOnDisk(SEGMENT, START, 100);
    assertThat(restarted.unlogged(DEADLINE)).as("read since the first start").isEqualTo(1);
  }

  @Test
  void shouldExpectNothingOfASegmentThatVanished() {
    witnesses.completedInLog(SEGMENT, "wal-e", 100);
    witnesses.goneFromDisk(SEGMENT);

    assertThat(unarchived("wal-e")).isZero();
  }

  @Test
  void shouldKnowTheLastThousandSegments() {
    for (int i = 0; i < 1_500; i++) {
      witnesses.archivedOnDisk(String.format(java.util.Locale.ROOT, "%024X", i), 50, 100);
    }

    assertThat(witnesses.unlogged(DEADLINE)).isEqualTo(1_000);
  }

  @Test
  void shouldGoOnAfterARestart() {
    witnesses.archivedOnDisk(SEGMENT, 50, 100);
    witnesses.completedInLog("000000010000000000000002", "wal-e", 100);
    Node saved = new Node();
    witnesses.save(saved);

    Witnesses restarted = new Witnesses(START, () -> {});
    restarted.restore(saved);

    assertThat(restarted.unlogged(DEADLINE)).isEqualTo(1);
    assertThat(restarted.unarchived("wal-e", DEADLINE, segment -> true)).isEqualTo(1);
    assertThat(restarted.wasPushed("000000010000000000000002")).isTrue();
    restarted.completedInLog(SEGMENT, "wal-e", 101);
    assertThat(restarted.unlogged(DEADLINE)).isZero();
  }

  private long unarchived(String archiver) {
    return witnesses.unarchived(archiver, DEADLINE, segment -> true);
  }
}
