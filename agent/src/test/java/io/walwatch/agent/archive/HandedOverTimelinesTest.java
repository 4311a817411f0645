/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far everything was handed over, over timelines, in segments of 16 MB. */
class HandedOverTimelinesTest {
  @TempDir Path root;
  private QueueFixture fixture;

  @BeforeEach
  void prepare() throws IOException {
    fixture = QueueFixture.primary(root);
  }

  private static String segment2(int number) {
    return "00000002" + segment(number).substring(8);
  }

  @Test
  void shouldGoOverToTheNewTimelineWhenNothingBeforeTheSwitchIsMissing() throws IOException {
    fixture.archive(1, 4);
    fixture.ready(segment(5));
    fixture.ready("00000002.history");
    fixture.done("00000002.history");
    fixture.ready(segment(6) + ".partial");
    fixture.done(segment(6) + ".partial");
    fixture.ready(segment2(6));
    fixture.done(segment2(6));
    assertThat(fixture.queue.status().timeline()).hasValue(1);
    fixture.assertContiguous(4, 0);
    fixture.assertLastArchived(6);
    fixture.done(segment(5));
    assertThat(fixture.queue.status().timeline()).hasValue(2);
    fixture.assertContiguous(6, 0);
  }

  @Test
  void shouldNotWaitForSegmentsThatTheNewTimelineDoesNotNeed() throws IOException {
    Files.writeString(
        root.resolve("00000002.history"), "1\t0/6A00028\tno recovery target specified\n");
    fixture.archive(1, 5);
    // Written by the old primary after the switch, at segment 6 on both timelines.
    fixture.ready(segment(6));
    fixture.ready(segment(7));
    fixture.ready(segment2(6));
    fixture.ready(segment2(7));
    fixture.done(segment2(6));
    fixture.done(segment2(7));
    assertThat(fixture.queue.status().timeline()).hasValue(2);
    fixture.assertContiguous(7, 0);
  }

  @Test
  void shouldLeaveOutATimelineThatIsNoAncestor() throws IOException {
    Files.writeString(root.resolve("00000003.history"), "1\t0/6A00028\tpoint in time\n");
    fixture.archive(1, 5);
    fixture.ready(segment2(4));
    String third = "00000003" + segment(6).substring(8);
    fixture.ready(third);
    fixture.done(third);
    assertThat(fixture.queue.status().timeline()).hasValue(3);
    fixture.assertContiguous(6, 0);
  }

  @Test
  void shouldBeHeldBackByAHoleOnTheOldTimeline() throws IOException {
    Files.writeString(root.resolve("00000002.history"), "1\t0/6A00028\tpromoted\n");
    fixture.archive(1, 5);
    fixture.skip(segment(3));
    fixture.ready(segment2(6));
    fixture.done(segment2(6));
    assertThat(fixture.queue.status().timeline()).hasValue(1);
    fixture.assertContiguous(2, 0);
  }
}
