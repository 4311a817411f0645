/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.BackupConfig;
import io.walwatch.agent.config.BackupKeys;
import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.agent.inventory.CommandLister;
import io.walwatch.agent.inventory.DirectoryLister;
import io.walwatch.agent.inventory.Launcher;
import io.walwatch.agent.inventory.Lister;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.inventory.Spool;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns what the configuration says about backups into sets that can be looked at. */
final class BackupSets {
  private BackupSets() {}

  /** The keys of all who can list backups: found ones, and directories, which need no tool. */
  static Map<String, BackupKeys> keys(List<BackupListParserProvider> listers) {
    Map<String, BackupKeys> keys = new TreeMap<>();
    for (BackupListParserProvider lister : listers) {
      keys.put(lister.name(), new BackupKeys(lister.requiredKeys(), lister.optionalKeys()));
    }
    keys.put(DirectoryLister.PROVIDER, new BackupKeys(DirectoryLister.REQUIRED_KEYS, Set.of()));
    return keys;
  }

  static Spool spool(AgentConfig config) {
    return new Spool(config.stateDirectory().resolve("spool").resolve("inventory"));
  }

  static List<BackupSet> of(AgentConfig config, Launcher launcher, InstantSource clock) {
    return of(config, Plugins.find(config.pluginDirectory()).listers(), launcher, clock);
  }

  /**
   * The same with listers that were found before.
   *
   * @throws IllegalArgumentException when there is none of a name that the configuration says
   */
  static List<BackupSet> of(
      AgentConfig config,
      List<BackupListParserProvider> listers,
      Launcher launcher,
      InstantSource clock) {
    return config.backups().stream()
        .map(backup -> set(backup, lister(backup, listers, launcher, clock)))
        .toList();
  }

  /** Looks now; of a set that a timer lists, into the spool. */
  static Look look(BackupSet set, Spool spool, InstantSource clock) throws InterruptedException {
    return set.byTimer() ? spool.newest(set, clock) : Look.take(set.lister(), clock);
  }

  private static BackupSet set(BackupConfig backup, Lister lister) {
    return new BackupSet(
        backup.name(),
        backup.provider(),
        backup.every(),
        lister,
        backup.byTimer(),
        backup.server(),
        backup.expect().every(),
        backup.expect().minSizeBytes());
  }

  private static Lister lister(
      BackupConfig backup,
      List<BackupListParserProvider> listers,
      Launcher launcher,
      InstantSource clock) {
    if (backup.provider().equals(DirectoryLister.PROVIDER)) {
      return new DirectoryLister(
          Path.of(backup.properties().getOrDefault(DirectoryLister.FILES, "")), clock);
    }
    BackupListParserProvider provider =
        listers.stream()
            .filter(found -> found.name().equals(backup.provider()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(backup.provider()));
    return new CommandLister(
        provider,
        new BackupListRequest(backup.properties(), backup.command()),
        launcher,
        backup.timeout());
  }
}
