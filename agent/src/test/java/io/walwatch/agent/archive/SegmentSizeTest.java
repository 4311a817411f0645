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

/** Of a queue without a data directory only the WAL files beside it tell. */
class SegmentSizeTest {
  @TempDir Path root;
  private QueueFixture fixture;

  @BeforeEach
  void prepare() throws IOException {
    fixture = new QueueFixture(root);
  }

  @Test
  void shouldTakeTheSegmentSizeFromAWalFileBesideTheQueue() throws IOException {
    assertThat(fixture.queue.status().segmentSizeBytes()).isEmpty();
    fixture.wal(segment(1), 64);
    fixture.queue.tick();
    assertThat(fixture.queue.status().segmentSizeBytes()).hasValue(64 << 20);
  }

  @Test
  void shouldLearnTheSegmentSizeWhenAWalFileAppearsBesideTheQueue() throws IOException {
    fixture.queue.tick();
    fixture.wal("000000010000000000000FFE", 1);
    fixture.ready("000000010000000000000FFE");
    fixture.done("000000010000000000000FFE");
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.queue.status().segmentSizeBytes()).hasValue(1 << 20);
    assertThat(fixture.queue.status().lastArchivedPosition()).hasValue(0xFFFL << 20);
  }

  @Test
  void shouldTakeAnotherSegmentSizeFromAnotherServersQueue() throws IOException {
    fixture.wal(segment(1), 64);
    fixture.queue.tick();
    Files.delete(root.resolve(segment(1)));
    Files.move(fixture.directory, root.resolve("moved"));
    Files.createDirectory(fixture.directory);
    fixture.wal(segment(1), 1024);
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.queue.status().segmentSizeBytes()).hasValue(1 << 30);
  }

  @Test
  void shouldBelieveTheServersFilesFirst() throws IOException {
    fixture.wal(segment(1), 64);
    fixture.queue.tick();
    fixture.queue.server(Servers.primary());
    fixture.tickAfterMillis(1_000);
    assertThat(fixture.queue.status().segmentSizeBytes()).hasValue(16 << 20);
  }
}
