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
import io.walwatch.agent.inventory.ListingException;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.inventory.Spool;
import io.walwatch.agent.inventory.StoreLister;
import io.walwatch.agent.inventory.TimedLister;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import io.walwatch.parse.listing.WalStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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
    keys.put(
        DirectoryLister.PROVIDER,
        new BackupKeys(DirectoryLister.REQUIRED_KEYS, DirectoryLister.OPTIONAL_KEYS));
    return keys;
  }

  static Spool spool(AgentConfig config) {
    return new Spool(config.stateDirectory().resolve("spool").resolve("inventory"));
  }

  /** Sets that are looked at without an agent: of servers nothing is known. */
  static List<BackupSet> of(
      AgentConfig config, Plugins plugins, Launcher launcher, InstantSource clock) {
    return of(config, plugins.listers(), launcher, clock, new WalOwners());
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
      InstantSource clock,
      WalOwners owners) {
    return config.backups().stream()
        .map(backup -> set(backup, listers, launcher, clock, owners))
        .toList();
  }

  /** Looks now; of a set that a timer lists, into the spool. */
  static Look look(BackupSet set, Spool spool, InstantSource clock) throws InterruptedException {
    return set.byTimer() ? spool.newest(set, clock) : Look.take(set.lister(), clock);
  }

  static BackupSet set(
      BackupConfig backup,
      List<BackupListParserProvider> listers,
      Launcher launcher,
      InstantSource clock,
      WalOwners owners) {
    return new BackupSet(
        backup.name(),
        backup.provider(),
        backup.every(),
        lister(backup, listers, launcher, clock, owners),
        backup.byTimer(),
        backup.server(),
        backup.expect().every(),
        backup.expect().minSizeBytes(),
        backup.expect().retention());
  }

  private static Lister lister(
      BackupConfig backup,
      List<BackupListParserProvider> listers,
      Launcher launcher,
      InstantSource clock,
      WalOwners owners) {
    if (backup.provider().equals(DirectoryLister.PROVIDER)) {
      return directory(backup, clock, owners);
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
        backup.timeout(),
        owners.geometryOf(backup),
        owners.histories(backup),
        backup.every(),
        clock);
  }

  private static Lister directory(BackupConfig backup, InstantSource clock, WalOwners owners) {
    Path files = Path.of(backup.properties().getOrDefault(DirectoryLister.FILES, ""));
    String layout = backup.properties().getOrDefault(DirectoryLister.LAYOUT, DirectoryLister.FILES);
    if (layout.equals(DirectoryLister.FILES)) {
      return timed(files.toString(), new DirectoryLister(files, clock), backup);
    }
    if (WalStore.LAYOUTS.contains(layout)) {
      Lister store =
          new StoreLister(files, owners.geometryOf(backup), owners.histories(backup), clock);
      return timed("the store " + files, store, backup);
    }
    return () -> {
      throw new ListingException("layout \"" + layout + "\" is none of files, wal-e and wal-g");
    };
  }

  private static Lister timed(String what, Lister lister, BackupConfig backup) {
    return new TimedLister(what, lister, backup.timeout());
  }
}
