/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records every default, so that none changes unseen. */
final class ConfigDefaultsTest {
  @Test
  void shouldKeepEveryDefaultOfTheAgent() throws ConfigException {
    AgentConfig expected =
        new AgentConfig(
            List.of(new ListenAddress(Optional.empty(), 10432)),
            Optional.empty(),
            Path.of("/var/lib/walwatch"),
            Path.of("/usr/lib/walwatch/plugins"),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Limits(Duration.ofMinutes(10), 65_536, OptionalLong.empty()),
            false);
    assertThat(AgentConfig.DEFAULT).isEqualTo(expected);
    assertThat(ConfigTesting.read("")).isEqualTo(expected);
    assertThat(ConfigTesting.read("# only a comment\n")).isEqualTo(expected);
    assertThat(ConfigLoader.DEFAULT_FILE).isEqualTo(Path.of("/etc/walwatch/walwatch.yml"));
  }

  @Test
  void shouldKeepEveryDefaultOfAServer() throws ConfigException {
    assertThat(ConfigTesting.read("servers: [{name: a, data_directory: /d}]").servers())
        .containsExactly(
            new ServerConfig("a", Optional.of(Path.of("/d")), Optional.empty(), Optional.empty()));
  }

  @Test
  void shouldKeepEveryDefaultOfASource() throws ConfigException {
    assertThat(ConfigTesting.read("sources: [{name: a, files: /l}]").sources())
        .containsExactly(
            new SourceConfig(
                "a",
                Optional.empty(),
                new SourceInput.Files(List.of("/l")),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void shouldKeepEveryDefaultOfABackup() throws ConfigException {
    BackupConfig backup =
        ConfigTesting.read("backups: [{name: a, provider: wal-e}]").backups().get(0);
    assertThat(backup.command()).isEmpty();
    assertThat(backup.properties()).isEmpty();
    assertThat(backup.every()).isEqualTo(Duration.ofMinutes(15));
    assertThat(backup.timeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(backup.byTimer()).isFalse();
    assertThat(backup.expect().every()).isEmpty();
    assertThat(backup.expect().minSizeBytes()).isEmpty();
    assertThat(backup.expect().retention()).isEmpty();
  }
}
