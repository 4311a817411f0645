/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static io.walwatch.it.system.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Launcher;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host whose inotify is used up, as it is where many containers share one user. */
@Tag("matrix")
class InotifyLimitIT {
  @ParameterizedTest
  @ValueSource(strings = {"instances", "watches"})
  void shouldListTheQueueInsteadAndNameTheSysctl(String limit) throws Exception {
    try (AgentFixture fixture = AgentFixture.create()) {
      Path queue = Files.createDirectories(fixture.root().resolve("pg_wal/archive_status"));
      fixture.append("");
      Launcher launcher = Launcher.packed().without("inotify_" + limit);
      try (AgentProcess agent = fixture.serve(launcher, "--archive-status", "main=" + queue)) {
        awaitValue(agent, "walwatch_archive_scan_success", 1);
        String sysctl = "(raise sysctl fs.inotify.max_user_" + limit + ")";
        assertThat(agent.errors()).filteredOn(line -> line.contains(sysctl)).hasSize(1);

        Path ready = Files.createFile(queue.resolve("000000010000000000000001.ready"));
        awaitValue(agent, "walwatch_archive_ready_files", 1);
        Files.move(ready, queue.resolve("000000010000000000000001.done"));
        awaitValue(agent, "walwatch_archive_archived_files_total", 1);
        fixture.append("LOG:  archive command failed with exit code 1\n");
        awaitValue(agent, "walwatch_source_lines_total", 1);
      }
    }
  }

  private static void awaitValue(AgentProcess agent, String name, double value) {
    await().untilAsserted(() -> assertThat(agent.scrape().sum(name)).isEqualTo(value));
    assertThat(agent.running()).isTrue();
  }
}
