/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.WalGeometry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the chain of WAL ends, from names in the order of S3. */
final class WholeChainTest {
  private final WholeChain chain =
      new WholeChain(WalGeometry.DEFAULT, name(1, 0x10), Optional.empty());

  @Test
  void shouldEndWithTheLastSegmentOfAWholeChain() {
    add(1, 0x0E, 0x10, 0x11, 0x12);

    assertThat(end()).hasValue(name(1, 0x12));
    assertThat(chain.end().orElseThrow().bytesBelow()).as("of the three before").isEqualTo(300);
  }

  @Test
  void shouldEndBeforeTheFirstHole() {
    add(1, 0x10, 0x11, 0x13, 0x14);

    assertThat(end()).hasValue(name(1, 0x11));
  }

  @Test
  void shouldNotBeginWithoutTheFirstSegment() {
    add(1, 0x0F, 0x11, 0x12);

    assertThat(end()).isEmpty();
  }

  @Test
  void shouldGoOnOverTheEndOfALogAndAnotherKindOfFile() {
    WholeChain end = new WholeChain(WalGeometry.DEFAULT, name(1, 0xFE), Optional.empty());
    List.of(name(1, 0xFE), name(1, 0xFF), name(1, 0xFF) + ".00000028.backup", name(1, 0x100))
        .forEach(name -> end.add(name, 0));

    assertThat(end.end().orElseThrow().segment()).isEqualTo("000000010000000100000000");
  }

  @Test
  void shouldFollowATimelineThatBranchesOffWhatIsThere() {
    add(1, 0x10, 0x11, 0x12, 0x15);
    chain.add("00000002.history", 0);
    add(2, 0x12, 0x13, 0x14);

    assertThat(end()).hasValue(name(2, 0x14));
  }

  @Test
  void shouldNotFollowATimelineWithoutItsHistory() {
    add(1, 0x10, 0x11, 0x12);
    add(2, 0x12, 0x13);

    assertThat(end()).hasValue(name(1, 0x12));
  }

  /** A restore looks for one history after the other. */
  @Test
  void shouldNotFollowATimelineBehindAHistoryThatIsMissing() {
    add(1, 0x10, 0x11, 0x12);
    chain.add("00000003.history", 0);
    add(3, 0x12, 0x13);

    assertThat(end()).hasValue(name(1, 0x12));
  }

  @Test
  void shouldNotFollowATimelineAboveAHole() {
    add(1, 0x10, 0x11);
    add(2, 0x13, 0x14);
    add(3, 0x12, 0x13);

    assertThat(end()).hasValue(name(1, 0x11));
  }

  @Test
  void shouldSayNothingOfAListInAnotherOrder() {
    add(1, 0x10, 0x12, 0x11);

    assertThat(end()).isEmpty();
  }

  @Test
  void shouldTakeASegmentThatIsThereTwiceForOne() {
    add(1, 0x10, 0x10, 0x11);

    assertThat(end()).hasValue(name(1, 0x11));
  }

  private int added;

  private void add(int timeline, int... numbers) {
    for (int number : numbers) {
      chain.add(name(timeline, number), 100L * added++);
    }
  }

  private Optional<String> end() {
    return chain.end().map(WholeChain.End::segment);
  }

  private static String name(int timeline, int number) {
    return String.format(Locale.ROOT, "%08X%08X%08X", timeline, number >> 8, number & 0xFF);
  }
}
