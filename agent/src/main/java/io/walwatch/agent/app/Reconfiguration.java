/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.http.ReloadControl.Outcome;
import io.walwatch.agent.http.WebAccess;
import io.walwatch.agent.state.ConfigReload;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Takes up a configuration that was read anew. What stays as it was is not touched; a configuration
 * that cannot be used changes nothing. Loop's thread only.
 */
final class Reconfiguration {
  private static final Logger logger = LogManager.getLogger(Reconfiguration.class);

  private final Reloads reloads;
  private final Watched watched;
  private final Replanner replanner;
  private final Backups backups;
  private final Jobs jobs;
  private final AtomicReference<WebAccess> access;
  private final InstantSource clock;
  private AgentConfig current;
  private ConfigReload last;

  /**
   * Changes nothing yet.
   *
   * @param access who may ask, for the HTTP server
   * @param current what the agent was started with
   */
  Reconfiguration(
      Reloads reloads,
      Watched watched,
      Replanner replanner,
      Backups backups,
      Jobs jobs,
      AtomicReference<WebAccess> access,
      AgentConfig current,
      InstantSource clock) {
    this.reloads = reloads;
    this.watched = watched;
    this.replanner = replanner;
    this.backups = backups;
    this.jobs = jobs;
    this.access = access;
    this.clock = clock;
    this.current = current;
    this.last = successful(current);
  }

  /** How the configuration was read last. */
  ConfigReload last() {
    return last;
  }

  private ConfigReload successful(AgentConfig config) {
    boolean expected = config.discovery() || !config.servers().isEmpty();
    return new ConfigReload(true, clock.millis(), expected);
  }

  /** Takes up what was read, if anything was; returns whether it was. */
  boolean tick() {
    Reloads.Handed handed = reloads.take();
    if (handed == null) {
      return false;
    }
    last = last.failed();
    Outcome outcome = new Outcome(false, List.of("a fault of walwatch itself; its log tells more"));
    try {
      NewConfig config = handed.config();
      outcome = config == null ? refused(handed.problems()) : takenUp(config);
    } finally {
      handed.done().complete(outcome);
    }
    return true;
  }

  private static Outcome refused(List<String> problems) {
    problems.forEach(
        line -> logger.error("The configuration is not reloaded, the old one holds: {}", line));
    return new Outcome(false, problems);
  }

  private Outcome takenUp(NewConfig fresh) {
    List<String> lines = new ArrayList<>(fresh.fixed());
    boolean whole = true;
    try {
      lines.addAll(watched.change(fresh.plan(), current, fresh.config()));
    } catch (UsageException e) {
      lines.add(e.getMessage() + "; all else of the configuration holds, this is tried again");
      whole = false;
    }
    backups.change(fresh.config(), fresh.backups());
    jobs.expect(fresh.config());
    access.set(fresh.access());
    current = fresh.config();
    replanner.planBy(() -> Watchlist.look(fresh.config()), fresh.plan());
    reloads.holds(current);
    if (whole) {
      last = successful(current);
    }
    lines.forEach(line -> logger.warn("Reload: {}", line));
    logger.info("The configuration was reloaded");
    return new Outcome(whole, lines);
  }
}
