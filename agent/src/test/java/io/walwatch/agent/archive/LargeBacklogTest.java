/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More files than are looked at one by one in one go. */
class LargeBacklogTest {
  @TempDir Path root;
  private QueueFixture fixture;

  @BeforeEach
  void prepare() throws IOException {
    fixture = new QueueFixture(root);
  }

  @Test
  void shouldReadTheTimesOfALargeBacklogBitByBit() throws IOException {
    fixture.told = false;
    for (int i = 1; i <= 5_400; i++) {
      fixture.ready(segment(i));
    }
    Path late = fixture.directory.resolve(segment(5_300) + ".ready");
    Files.setLastModifiedTime(late, FileTime.fromMillis(1_000));
    fixture.queue.tick();
    assertThat(fixture.queue.status().readySegments()).isEqualTo(5_400);
    assertThat(fixture.queue.status().oldestReadyMillis()).isPresent();
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.queue.status().oldestReadyMillis()).hasValue(1_000);
  }

  @Test
  void shouldStopReadingTimesWhereALookHasTakenLong() throws IOException {
    fixture.told = false;
    for (int i = 1; i <= 11_000; i++) {
      fixture.ready(segment(i));
    }
    Path late = fixture.directory.resolve(segment(10_500) + ".ready");
    Files.setLastModifiedTime(late, FileTime.fromMillis(1_000));
    fixture.queue.tick();
    // However slow the disk is, five thousand are read.
    fixture.nanosPerReading = 200_000_000;
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.queue.status().oldestReadyMillis().orElseThrow()).isGreaterThan(1_000);
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.queue.status().oldestReadyMillis()).hasValue(1_000);
  }

  @Test
  void shouldReadAllTimesInOneLookWhereThatIsQuick() throws IOException {
    fixture.told = false;
    for (int i = 1; i <= 12_000; i++) {
      fixture.ready(segment(i));
    }
    Path late = fixture.directory.resolve(segment(11_900) + ".ready");
    Files.setLastModifiedTime(late, FileTime.fromMillis(1_000));
    fixture.queue.tick();
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.queue.status().oldestReadyMillis()).hasValue(1_000);
  }

  @Test
  void shouldTakeTheTimeFromTheDoneOfAReadyThatWasNotLookedAt() throws IOException {
    fixture.told = false;
    for (int i = 1; i <= 5_001; i++) {
      fixture.ready(segment(i));
    }
    fixture.queue.tick();
    fixture.told = true;
    fixture.clock.setMillis(System.currentTimeMillis());
    fixture.done(segment(5_001));
    assertThat(fixture.journal.archived).containsExactly(segment(5_001));
    assertThat(fixture.journal.waitedMillis.get(0)).isBetween(0L, 60_000L);
  }
}
