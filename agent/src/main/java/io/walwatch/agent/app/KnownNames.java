/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.BackupKeys;
import io.walwatch.agent.config.Catalog;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.framing.Framings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * The names of parsers and framings that a configuration may use. Looks into a directory of
 * plug-ins once: what is wrong with its jars is said once, and whoever builds from the
 * configuration gets the parsers that it was checked against. Any thread.
 */
final class KnownNames implements Catalog {
  private final ConcurrentMap<Path, Plugins> found = new ConcurrentHashMap<>();

  /** All parsers, those of the plug-ins of this directory among them; it need not exist. */
  Plugins plugins(Path directory) {
    return found.computeIfAbsent(directory, Plugins::find);
  }

  @Override
  public Set<String> parsers(Path pluginDirectory) {
    return plugins(pluginDirectory).providers().stream()
        .map(LogParserProvider::name)
        .collect(Collectors.toSet());
  }

  @Override
  public Map<String, BackupKeys> backupProviders(Path pluginDirectory) {
    return BackupSets.keys(plugins(pluginDirectory).listers());
  }

  @Override
  public Set<String> framings() {
    return Framings.names();
  }
}
