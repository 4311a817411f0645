/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.inventory.BackupSet;
import io.walwatch.agent.inventory.Inventory;
import io.walwatch.agent.inventory.Launcher;
import io.walwatch.agent.inventory.Look;
import io.walwatch.agent.inventory.Spool;
import io.walwatch.agent.state.AgentState;
import io.walwatch.agent.state.InventoryState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The sets of backups that the agent watches. Loop's thread only, but for {@link #close}. */
final class Backups implements AutoCloseable {
  private static final Logger logger = LogManager.getLogger(Backups.class);

  private final List<BackupSet> sets = new ArrayList<>();
  private final Map<String, InventoryState> states = new LinkedHashMap<>();
  private final Spool spool;
  private final Inventory inventory;
  private final FailureWatch failures;

  /** Makes the sets known; looks at nothing yet. */
  Backups(AgentConfig config, AgentState state, FailureWatch failures, InstantSource clock) {
    this.failures = failures;
    Launcher launcher = Launcher.create();
    this.spool = BackupSets.spool(config);
    this.inventory = new Inventory(launcher, spool, clock, new Random());
    for (BackupSet set : BackupSets.of(config, launcher, clock)) {
      sets.add(set);
      states.put(set.name(), state.backups(set));
    }
  }

  void start() {
    if (sets.stream().anyMatch(BackupSet::byTimer)) {
      try {
        spool.create();
      } catch (IOException e) {
        logger.error("The spool for the results of walwatch list cannot be made: {}", e.toString());
      }
    }
    inventory.start(sets);
  }

  /** Takes over what the looks have found since the last turn. */
  void tick() {
    inventory.drain(this::apply);
  }

  private void apply(String name, Look look) {
    InventoryState state = states.get(name);
    if (state != null && state.apply(look)) {
      if (look.worked()) {
        logger.info("{}: its backups can be listed again", name);
      } else {
        logger.error("{}", BackupReport.describe(name, look));
        failures.listing(name, look);
      }
    }
  }

  /** Any thread. */
  @Override
  public void close() {
    inventory.close();
  }
}
