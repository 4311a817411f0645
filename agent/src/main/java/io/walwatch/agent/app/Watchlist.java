/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.SourceConfig;
import io.walwatch.agent.config.SourceInput;

/** Decides what is watched, and refuses what this version cannot do. */
final class Watchlist {
  private Watchlist() {}

  /**
   * The configuration with everything that is to be watched in it.
   *
   * @throws UsageException when there is nothing to watch, or something that cannot be
   */
  static AgentConfig complete(AgentConfig config) throws UsageException {
    refuseWhatWouldBeIgnored(config);
    if (config.servers().isEmpty() && config.sources().isEmpty()) {
      throw new UsageException(
          "there is nothing to watch: name a server with --pgdata DIR, a log with --log GLOB or a"
              + " queue with --archive-status DIR");
    }
    return config;
  }

  /** A monitor that quietly leaves out what it was told to watch is worse than none. */
  private static void refuseWhatWouldBeIgnored(AgentConfig config) throws UsageException {
    refuse(config.webConfig().isPresent(), "web_config (TLS and users)");
    refuse(!config.backups().isEmpty(), "backups");
    refuse(!config.jobs().isEmpty(), "jobs");
    for (SourceConfig source : config.sources()) {
      refuse(!(source.input() instanceof SourceInput.Files), "source " + source.name());
    }
  }

  private static void refuse(boolean asked, String what) throws UsageException {
    if (asked) {
      throw new UsageException(
          what + ": this version cannot do that yet; take it out of the configuration");
    }
  }
}
