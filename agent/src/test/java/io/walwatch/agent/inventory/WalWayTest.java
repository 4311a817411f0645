/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.TimelineHistory;
import io.walwatch.agent.archive.WalGeometry;
import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What is missing where timelines branch: by the history, and by number where that is not known.
 * The second number of each pair is wrong, and why histories are read.
 */
final class WalWayTest {
  private final List<String> stored = new ArrayList<>();

  @Test
  void shouldMissASegmentThatADeadBranchHas() throws IOException {
    wal(1, 10, 16);
    wal(1, 18, 20);
    wal(2, 15, 19);
    wal(3, 20, 24);

    assertThat(missing(3, "1\t0/14000000\tno recovery target")).isEqualTo(1);
    assertThat(missing(0)).isZero();
  }

  @Test
  void shouldMissTheBeginningOfATimelineThatComesFromAPointInThePast() throws IOException {
    wal(1, 10, 20);
    wal(2, 17, 24);

    assertThat(missing(2, "1\t0/F000028\tbefore 2026-11-22")).isEqualTo(2);
    assertThat(missing(0)).isZero();
  }

  @Test
  void shouldMissNothingOfADeadBranch() throws IOException {
    wal(1, 10, 20);
    wal(2, 15, 17);
    wal(3, 20, 22);

    assertThat(missing(3, "1\t0/14000000\tno recovery target")).isZero();
    assertThat(missing(0)).isEqualTo(2);
  }

  @Test
  void shouldMissATimelineBetweenOfWhichNothingIsStored() throws IOException {
    wal(1, 10, 12);
    wal(3, 15, 16);

    assertThat(missing(3, "1\t0/D000000\tx", "2\t0/F000000\tx")).isEqualTo(2);
  }

  @Test
  void shouldMissNothingWhereTheSegmentOfTheSwitchIsOnTheNewTimelineOnly() throws IOException {
    wal(1, 10, 14);
    wal(2, 15, 16);

    assertThat(missing(2, "1\t0/F123456\tx")).isZero();
  }

  @Test
  void shouldMissTheHistoriesThatARestoreLooksForAlthoughTheyAreKnownHere() throws IOException {
    wal(1, 10, 14);
    stored.add(name(2, 15));

    assertThat(missing(2, "1\t0/F000000\tx")).isEqualTo(1);
  }

  /** The oldest backup lies on a dead branch: the next one counts. */
  @Test
  void shouldBeginWithTheFirstBackupThatLeadsToTheNewestTimeline() throws IOException {
    wal(1, 10, 20);
    wal(2, 20, 22);
    wal(2, 24, 25);
    wal(3, 18, 19);
    wal(3, 21, 21);

    Map<Long, TimelineHistory> known = histories(3, "1\t0/12000000\tx");
    assertThat(listing(known, name(2, 20), name(1, 12)).walMissingSegments()).hasValue(1);
    assertThat(listing(known, name(2, 20), name(1, 12)).doubt()).isEmpty();
    assertThat(listing(known, name(2, 20)).doubt()).contains("no good backup leads to it");
  }

  @Test
  void shouldSayThatTimelinesAreJoinedByNumber() throws IOException {
    wal(1, 10, 14);
    assertThat(listing(Map.of(), name(1, 10)).doubt()).as("one timeline").isEmpty();
    wal(2, 15, 16);

    assertThat(listing(Map.of(), name(1, 10)).walJoinedByNumber()).hasValue(2);
    assertThat(listing(Map.of(), name(2, 15)).walJoinedByNumber()).as("its own").isEmpty();
    assertThat(listing(histories(2, "1\t0/F000000\tx"), name(1, 10)).doubt()).isEmpty();
    assertThat(listing(histories(7, "1\t0/F000000\tx"), name(1, 10)).doubt())
        .contains("history of timeline 2 is not known");
  }

  private long missing(long timeline, String... history) throws IOException {
    Map<Long, TimelineHistory> known = timeline == 0 ? Map.of() : histories(timeline, history);
    return listing(known, name(1, 10)).walMissingSegments().orElseThrow();
  }

  private static Map<Long, TimelineHistory> histories(long timeline, String... lines) {
    return Map.of(timeline, TimelineHistory.parse(List.of(lines)));
  }

  /** The backups come one after the other, each at the start of a segment. */
  private Listing listing(Map<Long, TimelineHistory> known, String... starts) throws IOException {
    VerifiedWal.Walk walk = new VerifiedWal.Walk(0, "");
    Tally tally =
        new Tally(
            new StoredWal(WalGeometry.DEFAULT, walk, Optional.empty(), known),
            InstantSource.system());
    Instant at = Instant.parse("2026-11-22T09:00:00Z");
    for (String start : starts) {
      at = at.plusSeconds(60);
      tally.backup(
          Backup.named(start, State.OK).finished(Optional.of(at)).startingAt(Optional.of(start)));
    }
    tally.walListed();
    for (String name : stored) {
      tally.stored(1);
      tally.walFile(name);
    }
    return tally.listing();
  }

  /** Decimal numbers, and the histories of all timelines up to this one. */
  private void wal(int timeline, int first, int last) {
    for (int history = 2; history <= timeline; history++) {
      stored.add(String.format(Locale.ROOT, "%08X.history", history));
    }
    for (int number = first; number <= last; number++) {
      stored.add(name(timeline, number));
    }
  }

  private static String name(int timeline, int number) {
    return String.format(Locale.ROOT, "%08X00000000%08X", timeline, number);
  }
}
