/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import static io.walwatch.agent.archive.QueueFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log says of segments while archive_status cannot be read. */
class ToldTest {
  private static final int MOST_WAITING = 10_000;

  @TempDir Path root;
  private QueueFixture fixture;

  @BeforeEach
  void prepare() throws IOException {
    fixture = QueueFixture.primary(root);
  }

  @Test
  void shouldStayBelowWhatWasSkippedBeforeARestartThatCouldNotReadTheQueueEither()
      throws IOException {
    fixture.archive(1, 3);
    restartUnreadable();
    fixture.skip(segment(3));
    restartUnreadable();
    fixture.restart();
    readable();
    fixture.assertContiguous(2, 1);
  }

  @Test
  void shouldKeepWhatWasToldOfAQueueThatWasNeverRead() throws IOException {
    fixture = new QueueFixture(root.resolve("new"));
    fixture.told = false;
    fixture.archive(1, 3);
    Files.move(fixture.directory, away());
    fixture.queue.tick();
    fixture.skip(segment(2));
    fixture.restart();
    readable();
    fixture.assertContiguous(1, 1);
  }

  @Test
  void shouldForgetWhatWasToldOfAnotherCluster() throws IOException {
    fixture.archive(1, 3);
    restartUnreadable();
    fixture.skip(segment(3));
    fixture.restart();
    Files.move(away(), fixture.directory);
    fixture.queue.server(Servers.other(Servers.primary()));
    fixture.queue.tick();
    fixture.assertContiguous(3, 0);
  }

  @Test
  void shouldBelieveThatASkippedSegmentWasPushedHoweverMuchElseItWasTold() throws IOException {
    fixture.archive(1, 3);
    restartUnreadable();
    fixture.skip(segment(3));
    pushOthers();
    fixture.push(segment(3));
    readable();
    fixture.assertContiguous(3, 0);
  }

  /** A push that is not known of leaves a gap that is none; a skip would hide one. */
  @Test
  void shouldRatherForgetAPushThanASkip() throws IOException {
    fixture.archive(1, 3);
    restartUnreadable();
    pushOthers();
    fixture.skip(segment(3));
    readable();
    fixture.assertContiguous(2, 1);
  }

  @Test
  void shouldCountWhatItHasNoRoomFor() throws IOException {
    fixture.archive(1, 3);
    restartUnreadable();
    pushOthers();
    assertThat(fixture.journal.limited).isEmpty();
    fixture.push(segment(1));
    fixture.push(segment(2));
    fixture.skip(segment(3));
    assertThat(fixture.journal.limited).containsExactly(entry(QueueBound.WORDS, 3L));
  }

  private void pushOthers() {
    for (int number = 0; number < MOST_WAITING; number++) {
      fixture.push(segment(100 + number));
    }
  }

  private Path away() {
    return fixture.directory.resolveSibling("away");
  }

  private void restartUnreadable() throws IOException {
    if (Files.exists(fixture.directory)) {
      Files.move(fixture.directory, away());
    }
    fixture.restart();
    fixture.queue.tick();
  }

  private void readable() throws IOException {
    Files.move(away(), fixture.directory);
    fixture.queue.server(Servers.primary());
    fixture.clock.advanceMillis(1_000);
    fixture.queue.tick();
  }
}
