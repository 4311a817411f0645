/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What the tests of this package share: a catalogue, and a file that is only text. */
final class ConfigTesting {
  static final Path FILE = Path.of("/etc/walwatch/walwatch.yml");

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
      };

  private ConfigTesting() {}

  static AgentConfig read(String yaml) throws ConfigException {
    return ConfigFileReader.read(FILE, yaml, CATALOG, Optional.empty());
  }

  static ConfigException failure(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> read(yaml));
  }
}
