/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static java.util.Objects.requireNonNull;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.BackupConfig;
import io.walwatch.agent.files.IoReason;
import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.agent.inventory.Inventory;
import io.walwatch.agent.inventory.Launcher;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.inventory.Spool;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.InventoryState;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The sets of backups that the agent watches. Loop's thread only, but for {@link #close}. */
final class Backups implements AutoCloseable {
  private static final Logger logger = LogManager.getLogger(Backups.class);

  private final Map<String, BackupSet> sets = new LinkedHashMap<>();
  private final Map<String, BackupConfig> configs = new HashMap<>();
  private final Map<String, InventoryState> states = new HashMap<>();
  private final AgentState state;
  private final Launcher launcher = Launcher.create();
  private final Spool spool;
  private final Inventory inventory;
  private final FailureWatch failures;
  private final Timer starts;
  private final WalOwners owners = new WalOwners();
  private boolean looking;

  /** Makes the sets known; looks at nothing yet. */
  Backups(
      AgentConfig config,
      Plugins plugins,
      AgentState state,
      FailureWatch failures,
      InstantSource clock) {
    this.failures = failures;
    this.starts = new Timer(clock, Duration.ofSeconds(1));
    this.state = state;
    this.spool = BackupSets.spool(config);
    this.inventory = new Inventory(launcher, spool, clock, new Random());
    for (BackupSet set : BackupSets.of(config, plugins.listers(), launcher, clock, owners)) {
      sets.put(set.name(), set);
      states.put(set.name(), state.backups(set));
    }
    config.backups().forEach(backup -> configs.put(backup.name(), backup));
  }

  void start() {
    start(sets.values());
  }

  /** What lists their backups when it is asked to. Any thread. */
  Launcher launcher() {
    return launcher;
  }

  /** What is known of the WAL in stores. Any thread. */
  WalOwners walOwners() {
    return owners;
  }

  /**
   * Looks at these sets from now on. One that is configured as before goes on as it is.
   *
   * @param fresh the sets of this configuration
   */
  void change(AgentConfig config, List<BackupSet> fresh) {
    Map<String, BackupConfig> wanted = new HashMap<>();
    config.backups().forEach(backup -> wanted.put(backup.name(), backup));
    for (BackupSet set : List.copyOf(sets.values())) {
      if (!requireNonNull(configs.get(set.name())).equals(wanted.get(set.name()))) {
        inventory.stop(set);
        sets.remove(set.name());
      }
      if (!wanted.containsKey(set.name())) {
        state.leaveBackups(set.name());
        states.remove(set.name());
      }
    }
    List<BackupSet> begun = fresh.stream().filter(set -> !sets.containsKey(set.name())).toList();
    for (BackupSet set : begun) {
      sets.put(set.name(), set);
      states.put(set.name(), state.renewBackups(set));
    }
    configs.clear();
    configs.putAll(wanted);
    start(begun);
  }

  private void start(Collection<BackupSet> some) {
    if (some.stream().anyMatch(BackupSet::byTimer)) {
      try {
        spool.create();
      } catch (IOException e) {
        logger.error(
            "The spool for the results of walwatch list cannot be made: {}", IoReason.withFile(e));
      }
    }
    if (looking) {
      inventory.start(some);
    }
  }

  /** Not before the servers were looked at once: a store may need to know of its own. */
  private void look(Collection<WatchedServer> servers) {
    owners.learn(servers);
    if (!looking) {
      looking = true;
      states.forEach(
          (name, known) -> known.verifiedWal().ifPresent(wal -> inventory.rely(name, wal)));
      inventory.start(sets.values());
    }
  }

  /**
   * Takes over what the looks have found since the last turn, and tells the queues of these servers
   * where good backups start.
   *
   * @return whether that has moved a queue's position
   */
  boolean tick(Collection<WatchedServer> servers) {
    look(servers);
    inventory.drain(this::apply);
    boolean moved = false;
    if (starts.isDue()) {
      for (BackupSet set : sets.values()) {
        moved |= tellStart(set, servers);
      }
      starts.done();
    }
    return moved;
  }

  private boolean tellStart(BackupSet set, Collection<WatchedServer> servers) {
    Optional<String> start = requireNonNull(states.get(set.name())).newestStartSegment();
    Optional<WatchedServer> server = serverOf(set, servers);
    boolean moved =
        start.isPresent()
            && server
                .flatMap(WatchedServer::queue)
                .filter(q -> q.backupStartsAt(start.get()))
                .isPresent();
    if (moved) {
      logger.info(
          "{}: a good backup of {} starts in {}: the gaps in its archive below are forgotten",
          set.name(),
          server.get().name(),
          start.get());
    }
    return moved;
  }

  /** Where a host has several servers, a set has to say whose it is. */
  private static Optional<WatchedServer> serverOf(
      BackupSet set, Collection<WatchedServer> servers) {
    return servers.stream()
        .filter(
            server ->
                set.server().isPresent()
                    ? set.server().get().equals(server.name())
                    : servers.size() == 1)
        .findFirst();
  }

  /** Looks that are due and have to wait. */
  long waiting() {
    return inventory.waiting();
  }

  private void apply(String name, Look look) {
    InventoryState state = states.get(name);
    if (state == null) {
      return;
    }
    boolean doubted = !state.doubt().isEmpty();
    boolean news = state.apply(look);
    if (!doubted && !state.doubt().isEmpty()) {
      logger.warn("{}: {}", name, state.doubt());
    }
    if (news) {
      if (look.worked()) {
        logger.info("{}: its backups can be listed again", name);
      } else {
        logger.error("{}", BackupReport.describe(name, look));
      }
    }
    state.failingSinceMillis().ifPresent(since -> failures.listing(name, since, look));
  }

  /** Any thread. */
  @Override
  public void close() {
    inventory.close();
  }
}
