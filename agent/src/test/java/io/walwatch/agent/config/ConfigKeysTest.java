/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.BackupConfig.Expectation;
import io.walwatch.agent.config.SourceInput.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Maps every key, each to a value that is not its default. */
final class ConfigKeysTest {
  private static final String AGENT =
      """
      listen: ["127.0.0.1:0", "[::1]:9"]
      web_config: /etc/walwatch/web-config.yml
      state_directory: state
      plugins: /opt/extra
      http_reload: true
      limits: { push_timeout: 1h30m, line: 128KiB, catch_up: 2GiB }
      jobs:
        - { name: base, every: 24h }
      """;

  private static final String WATCHED =
      """
      servers:
        - name: 15/main
          data_directory: /var/lib/postgresql/15/main
          archive_status: /srv/queue
          logs: [/var/log/postgresql/postgresql-15-main*.log, more/*.csv]
        - { name: bare, logs: [] }
      sources:
        - name: files
          server: bare
          files: [/var/log/syslog, local.log]
          parsers: [wal-e]
          framing: syslog
          log_line_prefix: "%m [%p] "
          log_timezone: Europe/Berlin
        - { name: s, server: bare, syslog: "udp://127.0.0.1:10514" }
        - { name: t, server: bare, syslog: "tcp://:10515" }
        - { name: j, server: 15/main, journal: { unit: postgresql@15-main } }
        - { name: i, server: bare, stdin: true }
      """;

  private static final String BACKUPS =
      """
      backups:
        - name: base
          provider: wal-e
          command: [envdir, /etc/wal-e.d/env, wal-e, backup-list, --detail]
          every: 30m
          timeout: 3m
          of_server: 15/main
          expect: { every: 24h, min_size: 300GiB, retention: 30d }
        - { name: l, provider: lvm, volume: vg0/pgdata }
        - { name: a, provider: azure-disk, resource_group: rg, disk: db1-data }
        - { name: d, provider: directory, files: tars/*.tar }
        - { name: s, provider: s3, bucket: b, prefix: p/ }
        - { name: c, provider: command, command: list-it }
        - { name: g, provider: wal-g }
        - { name: p, provider: pgbackrest, listed_by: timer }
        - { name: b, provider: barman }
      """;

  @Test
  void shouldMapEveryKeyOfTheAgent() throws ConfigException {
    AgentConfig config = ConfigTesting.read(AGENT);
    assertThat(config.listen())
        .containsExactly(
            new ListenAddress(Optional.of("127.0.0.1"), 0),
            new ListenAddress(Optional.of("::1"), 9));
    assertThat(config.webConfig()).hasValue(Path.of("/etc/walwatch/web-config.yml"));
    assertThat(config.stateDirectory()).isEqualTo(Path.of("/etc/walwatch/state"));
    assertThat(config.pluginDirectory()).isEqualTo(Path.of("/opt/extra"));
    assertThat(config.httpReload()).isTrue();
    assertThat(config.limits())
        .isEqualTo(new Limits(Duration.ofMinutes(90), 131_072, OptionalLong.of(2L << 30)));
    assertThat(config.jobs()).containsExactly(new JobConfig("base", Duration.ofHours(24)));
  }

  @Test
  void shouldMapEveryKeyOfServers() throws ConfigException {
    assertThat(ConfigTesting.read(WATCHED).servers())
        .containsExactly(
            new ServerConfig(
                "15/main",
                Optional.of(Path.of("/var/lib/postgresql/15/main")),
                Optional.of(Path.of("/srv/queue")),
                Optional.of(
                    List.of(
                        "/var/log/postgresql/postgresql-15-main*.log",
                        "/etc/walwatch/more/*.csv"))),
            new ServerConfig("bare", Optional.empty(), Optional.empty(), Optional.of(List.of())));
  }

  @Test
  void shouldMapEveryKeyOfSources() throws ConfigException {
    List<SourceConfig> sources = ConfigTesting.read(WATCHED).sources();
    assertThat(sources.get(0))
        .isEqualTo(
            new SourceConfig(
                "files",
                Optional.of("bare"),
                new SourceInput.Files(List.of("/var/log/syslog", "/etc/walwatch/local.log")),
                Set.of("wal-e"),
                Optional.of("syslog"),
                Optional.of("%m [%p] "),
                Optional.of(ZoneId.of("Europe/Berlin"))));
    assertThat(sources)
        .extracting(SourceConfig::input)
        .containsExactly(
            sources.get(0).input(),
            new SourceInput.Syslog(
                Transport.UDP, new ListenAddress(Optional.of("127.0.0.1"), 10514)),
            new SourceInput.Syslog(Transport.TCP, new ListenAddress(Optional.empty(), 10515)),
            new SourceInput.Journal("postgresql@15-main"),
            new SourceInput.Stdin());
    assertThat(sources.get(3).server()).hasValue("15/main");
  }

  @Test
  void shouldMapEveryKeyOfBackups() throws ConfigException {
    List<BackupConfig> backups = ConfigTesting.read(BACKUPS).backups();
    assertThat(backups.get(0))
        .isEqualTo(
            new BackupConfig(
                "base",
                "wal-e",
                List.of("envdir", "/etc/wal-e.d/env", "wal-e", "backup-list", "--detail"),
                Map.of(),
                Duration.ofMinutes(30),
                Duration.ofMinutes(3),
                false,
                Optional.of("15/main"),
                new Expectation(
                    Optional.of(Duration.ofHours(24)),
                    OptionalLong.of(300L << 30),
                    Optional.of(Duration.ofDays(30)))));
    assertThat(backups)
        .extracting(BackupConfig::provider)
        .containsExactly(
            "wal-e",
            "lvm",
            "azure-disk",
            "directory",
            "s3",
            "command",
            "wal-g",
            "pgbackrest",
            "barman");
    assertThat(backups.subList(1, 5))
        .extracting(BackupConfig::properties)
        .containsExactly(
            Map.of("volume", "vg0/pgdata"),
            Map.of("resource_group", "rg", "disk", "db1-data"),
            Map.of("files", "/etc/walwatch/tars/*.tar"),
            Map.of("bucket", "b", "prefix", "p/"));
    assertThat(backups.get(5).command()).containsExactly("list-it");
    assertThat(backups.get(7).byTimer()).isTrue();
  }
}
