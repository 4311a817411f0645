/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the tests of this package share: a catalogue, and a file that is only text. */
final class ConfigTesting {
  static final Path FILE = Path.of("/etc/walwatch/walwatch.yml");

  static final Map<String, BackupKeys> PROVIDERS =
      Map.of(
          "wal-e",
          tool(),
          "wal-g",
          tool(),
          "pgbackrest",
          tool("stanza", "repository"),
          "barman",
          tool("server"),
          "barman-cloud",
          tool("url", "server"),
          "lvm",
          new BackupKeys(Set.of("volume"), Set.of("command")),
          "azure-disk",
          new BackupKeys(Set.of("resource_group"), Set.of("disk", "command")),
          "s3",
          new BackupKeys(Set.of("bucket"), Set.of("prefix", "layout", "command")),
          "directory",
          new BackupKeys(Set.of("files"), Set.of("layout", "wal_segment_size")),
          "command",
          new BackupKeys(Set.of("command"), Set.of()));

  static final Catalog CATALOG =
      new Catalog() {
        @Override
        public Set<String> parsers(Path pluginDirectory) {
          return pluginDirectory.endsWith("extra")
              ? Set.of("postgres", "wal-e", "mine")
              : Set.of("postgres", "wal-e");
        }

        @Override
        public Set<String> framings() {
          return Set.of("stderr", "csvlog", "jsonlog", "syslog");
        }

        @Override
        public Map<String, BackupKeys> backupProviders(Path pluginDirectory) {
          return PROVIDERS;
        }
      };

  private ConfigTesting() {}

  private static BackupKeys tool(String... optional) {
    Set<String> keys = new HashSet<>(Set.of(optional));
    keys.add("command");
    return new BackupKeys(Set.of(), keys);
  }

  static AgentConfig read(String yaml) throws ConfigException {
    return ConfigFileReader.read(FILE, yaml, CATALOG, Optional.empty());
  }

  static ConfigException failure(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> read(yaml));
  }
}
