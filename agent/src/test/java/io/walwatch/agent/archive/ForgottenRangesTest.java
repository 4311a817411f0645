/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More gaps than are kept, while every other segment is archived first. */
class ForgottenRangesTest {
  /** Twice the limit and some more. */
  private static final int LAST = 2 * SegmentRanges.MAX_RANGES + 201;

  @TempDir Path root;

  private QueueFixture everySecondArchived() throws IOException {
    QueueFixture fixture = QueueFixture.primary(root);
    fixture.archive(1, 1);
    for (int number = 2; number <= LAST; number++) {
      fixture.ready(segment(number));
    }
    for (int number = 3; number <= LAST; number += 2) {
      fixture.done(segment(number));
    }
    return fixture;
  }

  @Test
  void shouldHealWhatTheLimitMadeItForgetOnceNothingWaitsThere() throws IOException {
    QueueFixture fixture = everySecondArchived();
    assertThat(fixture.journal.limited).containsKey(QueueBound.GAPS);
    fixture.settle();
    assertThat(fixture.queue.status().contiguousPosition())
        .hasValue(2 * QueueFixture.SEGMENT_BYTES);

    for (int number = 2; number <= LAST; number += 2) {
      fixture.done(segment(number));
    }
    fixture.settle();

    fixture.assertContiguous(LAST, 0);
    assertThat(fixture.journal.vanished).isEmpty();
  }

  @Test
  void shouldHealUpToWhatStillWaits() throws IOException {
    QueueFixture fixture = everySecondArchived();
    for (int number = 2; number <= LAST; number += 2) {
      if (number != 100) {
        fixture.done(segment(number));
      }
    }
    fixture.settle();

    assertThat(fixture.queue.status().contiguousPosition())
        .hasValue(100 * QueueFixture.SEGMENT_BYTES);
  }

  @Test
  void shouldNotHealOverASegmentThatVanished() throws IOException {
    QueueFixture fixture = everySecondArchived();
    fixture.delete(segment(100) + ".ready");
    for (int number = 2; number <= LAST; number += 2) {
      if (number != 100) {
        fixture.done(segment(number));
      }
    }
    fixture.settle();
    fixture.settle();

    assertThat(fixture.journal.vanished).containsExactly(segment(100));
    fixture.assertContiguous(99, 1);
  }
}
