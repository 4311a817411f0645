/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The names that a configuration may choose from and that only the running program knows. */
public interface Catalog {
  /** Parsers built in and in the plug-in directory, which need not exist. */
  Set<String> parsers(Path pluginDirectory);

  /** Names of how lines are wrapped, which {@code framing} may say. */
  Set<String> framings();

  /** Keys of those who can list backups, by name; built in and in the plug-in directory. */
  Map<String, BackupKeys> backupProviders(Path pluginDirectory);
}
