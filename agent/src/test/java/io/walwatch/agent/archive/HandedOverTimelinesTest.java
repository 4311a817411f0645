/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.WalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far everything was handed over, over timelines, in segments of 16 MB. */
class HandedOverTimelinesTest {
  private static final long SEGMENT_BYTES = 1L << 24;

  @TempDir Path root;
  private QueueFixture fixture;

  @BeforeEach
  void prepare() throws IOException {
    fixture = new QueueFixture(root);
    fixture.queue.server(Servers.primary());
    fixture.queue.tick();
  }

  private static String segment2(int number) {
    return "00000002" + segment(number).substring(8);
  }

  private void archive(int first, int last) throws IOException {
    for (int i = first; i <= last; i++) {
      fixture.ready(segment(i));
      fixture.done(segment(i));
    }
  }

  private void assertContiguous(int segment, int gaps) {
    QueueStatus status = fixture.queue.status();
    assertThat(status.contiguousPosition()).hasValue((segment + 1) * SEGMENT_BYTES);
    assertThat(status.gapSegments()).hasValue(gaps);
  }

  private void assertLastArchived(int segment) {
    assertThat(fixture.queue.status().lastArchivedPosition())
        .hasValue((segment + 1) * SEGMENT_BYTES);
  }

  private static WalFile file(String name) {
    return Objects.requireNonNull(WalFile.parse(name));
  }

  @Test
  void shouldGoOverToTheNewTimelineWhenNothingBeforeTheSwitchIsMissing() throws IOException {
    archive(1, 4);
    fixture.ready(segment(5));
    fixture.ready("00000002.history");
    fixture.done("00000002.history");
    fixture.ready(segment(6) + ".partial");
    fixture.done(segment(6) + ".partial");
    fixture.ready(segment2(6));
    fixture.done(segment2(6));
    assertThat(fixture.queue.status().timeline()).hasValue(1);
    assertContiguous(4, 0);
    assertLastArchived(6);
    fixture.done(segment(5));
    assertThat(fixture.queue.status().timeline()).hasValue(2);
    assertContiguous(6, 0);
  }

  @Test
  void shouldNotWaitForSegmentsThatTheNewTimelineDoesNotNeed() throws IOException {
    Files.writeString(
        root.resolve("00000002.history"), "1\t0/6A00028\tno recovery target specified\n");
    archive(1, 5);
    // Written by the old primary after the switch, at segment 6 on both timelines.
    fixture.ready(segment(6));
    fixture.ready(segment(7));
    fixture.ready(segment2(6));
    fixture.ready(segment2(7));
    fixture.done(segment2(6));
    fixture.done(segment2(7));
    assertThat(fixture.queue.status().timeline()).hasValue(2);
    assertContiguous(7, 0);
  }

  @Test
  void shouldLeaveOutATimelineThatIsNoAncestor() throws IOException {
    Files.writeString(root.resolve("00000003.history"), "1\t0/6A00028\tpoint in time\n");
    archive(1, 5);
    fixture.ready(segment2(4));
    String third = "00000003" + segment(6).substring(8);
    fixture.ready(third);
    fixture.done(third);
    assertThat(fixture.queue.status().timeline()).hasValue(3);
    assertContiguous(6, 0);
  }

  @Test
  void shouldBeHeldBackByAHoleOnTheOldTimeline() throws IOException {
    Files.writeString(root.resolve("00000002.history"), "1\t0/6A00028\tpromoted\n");
    archive(1, 5);
    fixture.queue.skipped(file(segment(3)));
    fixture.ready(segment2(6));
    fixture.done(segment2(6));
    assertThat(fixture.queue.status().timeline()).hasValue(1);
    assertContiguous(2, 0);
  }
}
