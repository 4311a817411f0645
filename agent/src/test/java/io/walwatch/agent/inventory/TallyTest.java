/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What listings come to. */
final class TallyTest {
  private final Tally tally = new Tally(() -> Instant.parse("2026-11-22T12:00:00Z"));

  @Test
  void shouldFindNewestPreviousAndOldestInAnyOrder() throws ListingException {
    tally.backup(good("b", "2026-11-22T02:00:00Z", 200));
    tally.backup(good("d", "2026-11-22T04:00:00Z", 400));
    tally.backup(good("a", "2026-11-22T01:00:00Z", 100));
    tally.backup(good("c", "2026-11-22T03:00:00Z", 300));

    Listing listing = tally.listing();

    assertThat(listing.lastSuccessMillis()).hasValue(millis("2026-11-22T04:00:00Z"));
    assertThat(listing.oldestMillis()).hasValue(millis("2026-11-22T01:00:00Z"));
    assertThat(listing.lastSizeBytes()).hasValue(400);
    assertThat(listing.previousSizeBytes()).hasValue(300);
    assertThat(listing.storedBytes()).hasValue(1000);
    assertThat(listing.uncoveredVolumes()).isEmpty();
    assertThat(listing.spaceRatio()).isEmpty();
  }

  @Test
  void shouldTakeNothingButGoodOnesForASuccess() throws ListingException {
    tally.backup(
        Backup.named("x", State.FAILED)
            .finished(Optional.of(Instant.parse("2026-11-22T09:00:00Z"))));
    tally.backup(
        Backup.named("y", State.RUNNING)
            .started(Optional.of(Instant.parse("2026-11-22T09:00:00Z"))));

    Listing listing = tally.listing();

    assertThat(listing.lastSuccessMillis()).isEmpty();
    assertThat(listing.oldestMillis()).isEmpty();
    assertThat(listing.lastSizeBytes()).isEmpty();
    assertThat(listing.counts()).containsEntry(State.FAILED, 1L).containsEntry(State.RUNNING, 1L);
    assertThat(listing.isEmpty()).isFalse();
  }

  @Test
  void shouldCompareTheSizesOfOneVolumeOnly() throws ListingException {
    tally.backup(good("db1-b", "2026-11-22T02:00:00Z", 90).ofVolume("db1"));
    tally.backup(good("log-a", "2026-11-22T01:30:00Z", 5).ofVolume("log"));
    tally.backup(good("db1-a", "2026-11-22T01:00:00Z", 100).ofVolume("db1"));

    assertThat(tally.listing().lastSizeBytes()).hasValue(90);
    assertThat(tally.listing().previousSizeBytes()).hasValue(100);
  }

  @Test
  void shouldCountTheOneOddServer() throws ListingException {
    tally.volume("db1");
    tally.volume("db2");
    tally.volume("odd");
    tally.backup(good("a", "2026-11-22T01:00:00Z", 1).ofVolume("db1"));
    tally.backup(good("b", "2026-11-22T01:00:00Z", 1).ofVolume("db2"));
    tally.backup(Backup.named("c", State.FAILED).ofVolume("odd"));

    assertThat(tally.listing().uncoveredVolumes()).hasValue(1);
  }

  @Test
  void shouldNotHideOneStaleVolumeBehindFreshOnes() throws ListingException {
    tally.volume("db1");
    tally.volume("db2");
    tally.volume("odd");
    tally.backup(good("c", "2026-11-22T03:00:00Z", 30).ofVolume("db1"));
    tally.backup(good("b", "2026-10-02T02:00:00Z", 20).ofVolume("db2"));
    tally.backup(good("a", "2026-10-01T02:00:00Z", 10).ofVolume("db2"));
    tally.backup(good("x", "2026-01-01T00:00:00Z", 1).ofVolume("deleted"));

    Listing listing = tally.listing();

    assertThat(listing.lastSuccessMillis()).hasValue(millis("2026-10-02T02:00:00Z"));
    assertThat(listing.uncoveredVolumes()).hasValue(1);
    assertThat(listing.lastSizeBytes()).as("of the newest of all").hasValue(30);
  }

  @Test
  void shouldNotCountWhatIsLeftOfVolumesThatAreGone() throws ListingException {
    tally.volume("db1");
    tally.backup(good("x", "2026-11-22T03:00:00Z", 1).ofVolume("deleted"));
    tally.backup(Backup.named("y", State.FAILED).ofVolume("deleted too"));

    assertThat(tally.listing().lastSuccessMillis()).isEmpty();
    assertThat(tally.listing().uncoveredVolumes()).hasValue(1);
  }

  @Test
  void shouldNotBelieveABackupFromTheFuture() throws ListingException {
    tally.backup(good("future", "2099-01-01T00:00:00Z", 9));
    tally.backup(good("old", "2026-10-01T00:00:00Z", 5));

    assertThat(tally.listing().counts()).containsEntry(State.OK, 2L);
    assertThat(tally.listing().fromFuture()).isEqualTo(1);
    assertThat(tally.listing().lastSuccessMillis()).hasValue(millis("2026-10-01T00:00:00Z"));
    assertThat(tally.listing().lastSizeBytes()).hasValue(5);
  }

  @Test
  void shouldBelieveABackupOfAClockThatIsALittleAhead() throws ListingException {
    tally.backup(good("a", "2026-11-22T12:59:00Z", 1));

    assertThat(tally.listing().fromFuture()).isZero();
    assertThat(tally.listing().lastSuccessMillis()).hasValue(millis("2026-11-22T12:59:00Z"));
  }

  @Test
  void shouldTellWhereTheHighestGoodBackupStarts() throws ListingException {
    assertThat(tally.listing().newestStartSegment()).isEmpty();
    tally.backup(starting("b", "00000001000000000000000F"));
    tally.backup(starting("a", "000000010000000000000002"));
    tally.backup(
        Backup.named("c", State.FAILED).startingAt(Optional.of("000000010000000000000020")));
    assertThat(tally.listing().newestStartSegment()).hasValue("00000001000000000000000F");
  }

  @Test
  void shouldNotTellWhereBackupsStartThatAreOfSeveralServers() throws ListingException {
    tally.backup(starting("a", "000000010000000000000002").ofVolume("stanza1"));
    tally.backup(starting("b", "00000001000000000000000F").ofVolume("stanza2"));
    assertThat(tally.listing().newestStartSegment()).isEmpty();
  }

  private static Backup starting(String name, String segment) {
    return good(name, "2026-11-22T02:00:00Z", 1).startingAt(Optional.of(segment));
  }

  private static Backup good(String name, String finished, long bytes) {
    return Backup.named(name, State.OK)
        .finished(Optional.of(Instant.parse(finished)))
        .sized(OptionalLong.of(bytes));
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
