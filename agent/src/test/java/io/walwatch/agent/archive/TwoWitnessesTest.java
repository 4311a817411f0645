/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.WalFile;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TwoWitnessesTest {
  private static final long TIMEOUT = 300_000;

  private final TwoWitnesses witnesses = new TwoWitnesses();

  @BeforeEach
  void listen() {
    witnesses.listeningSince(0);
  }

  private static WalFile file(int number) {
    return Objects.requireNonNull(WalFile.parse(segment(number)));
  }

  @Test
  void shouldAgreeInWhicheverOrderTheyAreRead() {
    witnesses.archived(file(1), 1_000);
    witnesses.pushed(file(1), 900);
    witnesses.pushed(file(2), 1_900);
    witnesses.archived(file(2), 2_000);
    assertThat(witnesses.unlogged(1_000_000, TIMEOUT)).isZero();
    assertThat(witnesses.unarchived(1_000_000, TIMEOUT, name -> false)).isZero();
  }

  @Test
  void shouldShowABlindAgentAfterTheTimeOut() {
    witnesses.archived(file(1), 1_000);
    witnesses.archived(file(2), 2_000);
    assertThat(witnesses.unlogged(1_000 + TIMEOUT, TIMEOUT)).isZero();
    assertThat(witnesses.unlogged(1_001 + TIMEOUT, TIMEOUT)).isEqualTo(1);
    assertThat(witnesses.unlogged(9_000 + TIMEOUT, TIMEOUT)).isEqualTo(2);
    witnesses.pushed(file(1), 950);
    assertThat(witnesses.unlogged(9_000 + TIMEOUT, TIMEOUT)).isEqualTo(1);
  }

  @Test
  void shouldNotExpectRecordsFromBeforeTheLogWasRead() {
    witnesses.listeningSince(5_000);
    witnesses.archived(file(1), 4_999);
    witnesses.archived(file(2), 5_000);
    assertThat(witnesses.unlogged(1_000_000, TIMEOUT)).isEqualTo(1);
    assertThat(new TwoWitnesses().unlogged(1_000_000, TIMEOUT)).isZero();
  }

  /** One segment completed six times while its command failed five times. */
  @Test
  void shouldShowASegmentThatIsPushedAgainAndAgainAndStillWaits() {
    for (int i = 0; i < 6; i++) {
      witnesses.pushed(file(1), 1_000 + i * 60_000);
    }
    Set<String> ready = Set.of(segment(1));
    assertThat(witnesses.unarchived(1_000 + TIMEOUT, TIMEOUT, ready::contains)).isZero();
    assertThat(witnesses.unarchived(1_001 + TIMEOUT, TIMEOUT, ready::contains)).isEqualTo(1);
    witnesses.archived(file(1), 400_000);
    assertThat(witnesses.unarchived(9_000_000, TIMEOUT, ready::contains)).isZero();
  }

  @Test
  void shouldStartAgainForASegmentThatACrashBroughtBack() {
    witnesses.pushed(file(1), 1_000);
    witnesses.archived(file(1), 2_000);
    witnesses.pushed(file(1), 3_000_000);
    assertThat(witnesses.unarchived(3_000_000 + TIMEOUT, TIMEOUT, name -> true)).isZero();
    assertThat(witnesses.unarchived(3_000_001 + TIMEOUT, TIMEOUT, name -> true)).isEqualTo(1);
  }

  @Test
  void shouldLookAtTheLastThousandSegmentsOnly() {
    for (int i = 1; i <= 1_500; i++) {
      witnesses.archived(file(i), i);
    }
    assertThat(witnesses.unlogged(1_000_000, TIMEOUT)).isEqualTo(1_000);
    witnesses.archived(Objects.requireNonNull(WalFile.parse("00000002.history")), 5);
    assertThat(witnesses.memory()).hasSize(1_000);
  }

  @Test
  void shouldKeepWhatItSawOverARestart() {
    witnesses.archived(file(1), 1_000);
    witnesses.pushed(file(2), 1_000);
    TwoWitnesses next = new TwoWitnesses();
    next.listeningSince(0);
    next.restore(witnesses.memory());
    next.archived(file(2), 2_000);
    assertThat(next.unlogged(1_000_000, TIMEOUT)).isEqualTo(1);
    assertThat(next.memory()).hasSize(2);
  }
}
