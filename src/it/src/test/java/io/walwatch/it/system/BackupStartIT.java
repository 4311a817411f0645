/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static io.walwatch.it.system.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

/** A hole in the archive holds the contiguous position back until a good backup is listed. */
class BackupStartIT {
  private static final String POSITION = "walwatch_archive_contiguous_position_bytes";
  private static final long SEGMENT_BYTES = 16 << 20;

  @Test
  void shouldMoveOnOverAVanishedSegmentOnceABackupAboveItIsListed() throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      Path queue = Files.createDirectories(fixture.root().resolve("pg_wal/archive_status"));
      Path list = fixture.root().resolve("list.json");
      backupStartsAt(list, segment(1));
      Path config = fixture.root().resolve("walwatch.yml");
      Files.writeString(
          config,
          "servers: [{name: main, archive_status: "
              + queue
              + "}]\n"
              + "backups: [{name: base, provider: command, every: 10s,"
              + (" command: [cat, " + list + "]}]\n"));
      try (AgentProcess agent =
          Launcher.packed().serve("--config", config.toString(), "--state-dir", fixture.state())) {
        awaitValue(agent, "walwatch_archive_scan_success", 1);
        awaitValue(agent, "walwatch_backup_listing_success", 1);
        archive(queue, 1);
        Path lost = Files.createFile(queue.resolve(segment(2) + ".ready"));
        awaitValue(agent, "walwatch_archive_ready_files", 1);
        Files.delete(lost);
        awaitValue(agent, "walwatch_archive_vanished_files_total", 1);
        archive(queue, 3);
        awaitValue(agent, "walwatch_archive_archived_files_total", 2);
        awaitValue(agent, POSITION, 2 * SEGMENT_BYTES);
        awaitValue(agent, "walwatch_archive_gap_segments", 1);

        backupStartsAt(list, segment(3));

        awaitValue(agent, POSITION, 4 * SEGMENT_BYTES);
        awaitValue(agent, "walwatch_archive_gap_segments", 0);
        awaitValue(agent, "walwatch_archive_vanished_files_total", 1);
      }
    }
  }

  private static String segment(int number) {
    return "00000001000000000000000" + number;
  }

  private static void archive(Path queue, int number) throws IOException {
    Path ready = Files.createFile(queue.resolve(segment(number) + ".ready"));
    Files.move(ready, queue.resolve(segment(number) + ".done"));
  }

  private static void backupStartsAt(Path list, String segment) throws IOException {
    Path next = list.resolveSibling("list.next");
    Files.writeString(
        next,
        "{\"backups\": [{\"name\": \"a\", \"state\": \"ok\","
            + (" \"finished\": \"2026-11-22T02:00:00Z\", \"wal_start\": \"" + segment + "\"}]}"));
    Files.move(next, list, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void awaitValue(AgentProcess agent, String name, double value) {
    await().untilAsserted(() -> assertThat(agent.scrape().sum(name)).as(name).isEqualTo(value));
  }
}
