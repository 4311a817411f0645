/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names that no server with segments of 64 MB can have written. */
class OddSegmentsTest {
  private static final WalGeometry GEOMETRY = new WalGeometry(64L << 20);

  /** The name says segment 0xFF of log 0, where the last one is 0x3F: counted on, it is 255. */
  private static final long ODD = SegmentKey.parse("0000000100000000000000FF");

  private final HandedOver handedOver = new HandedOver(new TimelineHistories(), () -> {});
  private final SegmentTable waiting = new SegmentTable();

  @BeforeEach
  void archive() {
    handedOver.geometry(GEOMETRY);
    for (int number : new int[] {253, 254, 256}) {
      handedOver.archived(SegmentKey.ofNumber(1, number, GEOMETRY), waiting);
    }
  }

  @Test
  void shouldTakeNoOddSegmentForHandedOver() {
    handedOver.unobserved(ODD);
    handedOver.pushed(ODD);
    handedOver.archived(ODD, waiting);
    assertThat(handedOver.position(waiting).contiguous()).hasValue(GEOMETRY.endOf(254));
  }

  @Test
  void shouldTakeNoOddSegmentForMissing() {
    handedOver.assumeAfterBlindInterval(waiting, Optional.empty());
    handedOver.skipped(ODD);
    handedOver.vanished(ODD);
    assertThat(handedOver.position(waiting).contiguous()).hasValue(GEOMETRY.endOf(256));
  }
}
