/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.BackupKeys;
import io.walwatch.agent.config.Catalog;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.framing.Framings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of parsers and framings that a configuration may use. */
final class KnownNames implements Catalog {
  @Override
  public Set<String> parsers(Path pluginDirectory) {
    return Plugins.find(pluginDirectory).providers().stream()
        .map(LogParserProvider::name)
        .collect(Collectors.toSet());
  }

  @Override
  public Map<String, BackupKeys> backupProviders(Path pluginDirectory) {
    return BackupSets.keys(Plugins.find(pluginDirectory).listers());
  }

  @Override
  public Set<String> framings() {
    return Framings.names();
  }
}
