/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.discovery.WatchPlan;
import io.walwatch.agent.inventory.BackupSet;
import java.util.List;

/**
 * A configuration that was read anew and found good, with what it takes to use it.
 *
 * @param fixed what it says and cannot be taken up before a restart, one line each
 */
record NewConfig(AgentConfig config, WatchPlan plan, List<BackupSet> backups, List<String> fixed) {
  NewConfig {
    backups = List.copyOf(backups);
    fixed = List.copyOf(fixed);
  }
}
