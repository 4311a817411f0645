/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.BackupConfig;
import io.walwatch.agent.config.SourceConfig;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.http.WebAccess;
import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.agent.inventory.DirectoryLister;
import io.walwatch.agent.inventory.Launcher;
import io.walwatch.agent.tail.FileSource;
import io.walwatch.agent.tail.TailLimits;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the configuration while the agent runs, and tries all that can be tried before anything is
 * changed. Not for the loop's thread: it waits for disks.
 */
final class ConfigReading {
  private final Loader loader;
  private final AgentConfig started;
  private final boolean secure;
  private final Plugins plugins;
  private final Launcher launcher;
  private final WalOwners owners;
  private final InstantSource clock;

  /** Puts options, environment and file together, as they are now. */
  @FunctionalInterface
  interface Loader {
    AgentConfig load() throws UsageException;
  }

  /**
   * Reads nothing yet.
   *
   * @param started what the agent was started with
   * @param secure whether the ports were opened for TLS then
   * @param plugins what it has loaded then
   * @param launcher of the commands that list backups
   * @param owners of the WAL in their stores
   */
  ConfigReading(
      Loader loader,
      AgentConfig started,
      boolean secure,
      Plugins plugins,
      Launcher launcher,
      WalOwners owners,
      InstantSource clock) {
    this.loader = loader;
    this.started = started;
    this.secure = secure;
    this.plugins = plugins;
    this.launcher = launcher;
    this.owners = owners;
    this.clock = clock;
  }

  /**
   * Reads it now.
   *
   * @param current what holds until then
   * @throws UsageException when it cannot be used
   */
  NewConfig read(AgentConfig current) throws UsageException {
    AgentConfig loaded = loader.load();
    AgentConfig config = loaded.onTopOf(started);
    requirePlugins(config);
    WatchPlan plan = Watchlist.look(config);
    Set<SourceInput> open =
        current.sources().stream().map(SourceConfig::input).collect(Collectors.toSet());
    Streams streams = new Streams(TailLimits.DEFAULT, FileSource.Start.END, clock);
    for (SourceConfig source : config.sources()) {
      if (source.input() instanceof SourceInput.Syslog syslog && !open.contains(syslog)) {
        streams.tryAddress(syslog);
      }
    }
    List<BackupSet> backups = BackupSets.of(config, plugins.listers(), launcher, clock, owners);
    WebAccess access = WebAccesses.load(config);
    if (access.tls().isPresent() != secure) {
      throw new UsageException(
          "web_config: TLS can be switched on and off by a restart only, the ports are open already");
    }
    return new NewConfig(config, plan, backups, access, loaded.fixedBy(started));
  }

  /** A jar that has come since the start is known to the configuration, and not to the agent. */
  private void requirePlugins(AgentConfig config) throws UsageException {
    Set<String> parsers =
        plugins.providers().stream().map(p -> p.name()).collect(Collectors.toSet());
    for (SourceConfig source : config.sources()) {
      for (String parser : source.parsers()) {
        require(
            parsers.contains(parser), "the parser " + parser + " of the source " + source.name());
      }
    }
    Set<String> listers = plugins.listers().stream().map(l -> l.name()).collect(Collectors.toSet());
    for (BackupConfig backup : config.backups()) {
      require(
          listers.contains(backup.provider()) || backup.provider().equals(DirectoryLister.PROVIDER),
          "the provider " + backup.provider() + " of the backups " + backup.name());
    }
  }

  private static void require(boolean loaded, String what) throws UsageException {
    if (!loaded) {
      throw new UsageException(what + " has come since walwatch was started: restart it");
    }
  }
}
