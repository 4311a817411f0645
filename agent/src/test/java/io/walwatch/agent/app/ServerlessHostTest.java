/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host without a PostgreSQL server, by its configuration. */
@Timeout(120)
final class ServerlessHostTest {
  @TempDir private Path directory;

  @Test
  void shouldTellThatNoServerIsToBeHereOnceTheConfigurationSaysSo() throws Exception {
    ReloadableAgents agents = new ReloadableAgents(directory);
    Files.createDirectory(directory.resolve("plugins"));
    Files.createDirectories(directory.resolve("q/archive_status"));
    write(
        "servers:\n  - { name: main, archive_status: "
            + directory.resolve("q/archive_status")
            + " }\n");
    try (Agent agent = agents.start()) {
      agents.await(agent, "walwatch_servers_expected 1.0");
      write("servers: []\n");
      assertThat(agents.reload(agent).statusCode()).isEqualTo(200);
      agents.await(agent, "walwatch_servers_expected 0.0");
      assertThat(agents.metrics(agent)).doesNotContain("walwatch_archive_scan_success{");
    }
  }

  private void write(String watched) throws Exception {
    Files.writeString(
        directory.resolve("walwatch.yml"),
        "listen: ['127.0.0.1:0']\n"
            + "state_directory: state\n"
            + "plugins: plugins\n"
            + "http_reload: true\n"
            + watched);
  }
}
